import { describe, expect, it } from 'vitest'
import { answerOffer, offerLines, readAnswer } from './negotiate.ts'
import { parseSdp } from './parse.ts'
import { writeSdp } from './write.ts'

const session = (...lines: string[]) =>
  parseSdp(['v=0', 'o=a 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', 't=0 0', ...lines].join('\n'), 'offer')
const side = { port: 4_000, hold: false, codecs: ['PCMA', 'PCMU'] as const }
const agreed = (...lines: string[]) => answerOffer(session(...lines), side, 'offer').agreed!
const local = {
  port: 4_000,
  formats: [{ payloadType: 8, codec: 'PCMA' as const }],
  protocol: 'RTP/AVP',
  telephoneEvents: [{ payloadType: 101, clockRate: 8_000 }],
  comfortNoise: false,
  crypto: [],
  direction: 'sendrecv' as const,
  rtcpMux: false,
}

describe('offer and answer', () => {
  it.each([
    [['m=audio 5000 RTP/AVP 18 0 8'], 'PCMA', 8],
    [['m=audio 5000 RTP/AVP 8 0'], 'PCMA', 8],
    [['m=audio 5000 RTP/AVP 96 0', 'a=rtpmap:96 pcma/8000/1'], 'PCMA', 96],
    [['m=audio 5000 RTP/AVP 0 8', 'a=rtpmap:0 OPUS/48000'], 'PCMA', 8],
  ] as const)('[RL9] of %j takes %s as %i', (lines, codec, payloadType) => {
    expect(agreed(...lines)).toMatchObject({ codec, payloadType })
  })

  it.each([
    ['m=audio 5000 RTP/SAVP 0'],
    ['m=video 5000 RTP/AVP 0'],
    ['m=audio 5000 RTP/AVP 96\na=rtpmap:96 PCMU/16000'],
    ['m=audio 5000 UDP/TLS/RTP/SAVPF 0'],
  ])('[RL9] takes nothing of %j', (lines) => {
    expect(() => agreed(...lines.split('\n'))).toThrow(expect.objectContaining({ code: 'no_common_codec' }))
  })

  it('a removed stream is answered with port 0 and agrees on nothing', () => {
    const answered = answerOffer(session('m=audio 0 RTP/AVP 0'), side, 'offer')
    expect(answered.agreed).toBeUndefined()
    expect(writeSdp({ sessionId: '1', version: 1, address: '192.0.2.9' }, answered.lines)).toContain(
      'm=audio 0 RTP/AVP 0',
    )
  })

  it.each([
    [[], 5_001, false],
    [['a=rtcp:6000'], 6_000, false],
    [['a=rtcp:6000 IN IP4 192.0.2.7'], 6_000, false],
    [['a=rtcp-mux'], 5_000, true],
  ] as const)('RTCP of %j goes to %i, shared port %s', (lines, rtcpPort, rtcpMux) => {
    expect(agreed('m=audio 5000 RTP/AVP 0', ...lines)).toMatchObject({ remote: { rtcpPort }, rtcpMux })
  })

  it('reads addresses of the stream over those of the session, IPv6 too', () => {
    expect(agreed('m=audio 5000 RTP/AVP 0', 'c=IN IP6 2001:db8::1').remote.address).toBe('2001:db8::1')
    expect(agreed('m=audio 5000 RTP/AVP 0').remote.address).toBe('192.0.2.1')
    expect(writeSdp({ sessionId: '1', version: 1, address: '2001:db8::1' }, [{ local }])).toContain(
      'c=IN IP6 2001:db8::1',
    )
  })

  it.each(['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const)('[RL8] holds who offers %s', (direction) => {
    const answered = answerOffer(session('m=audio 5000 RTP/AVP 0', `a=${direction}`), { ...side, hold: true }, 'offer')
    const mayListen = direction === 'sendrecv' || direction === 'recvonly'
    expect(answered.agreed!.direction).toBe(mayListen ? 'sendonly' : 'inactive')
  })

  it('takes the direction of the session where the stream says none', () => {
    expect(agreed('a=sendonly', 'm=audio 5000 RTP/AVP 0').direction).toBe('recvonly')
    expect(agreed('a=sendonly', 'm=audio 5000 RTP/AVP 0', 'a=inactive').direction).toBe('inactive')
  })

  it('offers again in the place the stream has, with refused streams kept', () => {
    const first = answerOffer(session('m=video 6000 RTP/AVP 31', 'm=audio 5000 RTP/AVP 8'), side, 'offer')
    const lines = offerLines(first.lines, local)
    expect(writeSdp({ sessionId: '1', version: 2, address: '192.0.2.9' }, lines).match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 4000 RTP/AVP 8 101',
    ])
    const answer = session('m=video 0 RTP/AVP 31', 'm=audio 7000 RTP/AVP 8')
    expect(readAnswer(answer, lines, false, 'answer').remote.port).toBe(7_000)
  })

  it.each([
    ['', 'starts with v=0'],
    ['v=0\nm=audio 1 RTP/AVP 0', 'no o= line'],
    ['v=0\no=a 1 1 IN IP4 h\nc=IN IP4 phone.example', 'no literal IP address'],
    ['v=0\no=a 1 1 IN IP4 h\nm=audio 70000 RTP/AVP 0', 'malformed media line'],
    ['v=0\nnonsense', 'no SDP line'],
  ])('refuses %j', (text, message) => {
    expect(() => parseSdp(text, 'offer')).toThrow(
      expect.objectContaining({ code: 'invalid_sdp', field: 'offer', message: expect.stringContaining(message) }),
    )
  })
})
