import { describe, expect, it } from 'vitest'
import { cryptoLines } from './crypto-lines.ts'
import { answerOffer, offerLines, readAnswer } from './negotiate.ts'
import { parseSdp } from './parse.ts'
import { type LocalAudio, writeSdp } from './write.ts'

const side = { port: 4_000, hold: false, codecs: ['PCMA', 'PCMU', 'G722', 'opus'] as const }
const origin = { sessionId: '7', version: 1, address: '192.0.2.9' }
const session = (...lines: string[]) =>
  parseSdp(['v=0', 'o=a 1 1 IN IP4 192.0.2.1', 's=-', 'c=IN IP4 192.0.2.1', ...lines].join('\n'), 'offer')
const answered = (...lines: string[]) => {
  const offer = session(...lines)
  const { lines: answer, agreed } = answerOffer(offer, side, 'offer')
  return { agreed, sdp: writeSdp(origin, answer, offer.timing) }
}
const inline = 'inline:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwd'
const local: LocalAudio = {
  port: 4_000,
  protocol: 'RTP/AVP',
  formats: [
    { payloadType: 8, codec: 'PCMA' },
    { payloadType: 111, codec: 'opus' },
  ],
  telephoneEvents: [{ payloadType: 101, clockRate: 8_000 }],
  comfortNoise: false,
  direction: 'sendrecv',
  rtcpMux: true,
  crypto: [],
}

describe('RFC 3264', () => {
  it('5: an offer without streams is answered without streams', () => {
    const { agreed, sdp } = answered('t=0 0')
    expect(agreed).toBeUndefined()
    expect(sdp).not.toContain('m=')
  })

  it('6: the answer has a line for each of the offer, in its place and with its transport, and its time', () => {
    const { sdp } = answered(
      't=3034423619 3042462419',
      'm=video 6000 RTP/AVP 31',
      'm=audio 5000 RTP/AVPF 0',
      'm=audio 5002 RTP/AVP 8',
      'm=application 9 TCP/BFCP *',
    )
    expect(sdp).toContain('t=3034423619 3042462419\r\n')
    expect(sdp.match(/^m=.*$/gm)).toEqual([
      'm=video 0 RTP/AVP 31',
      'm=audio 4000 RTP/AVPF 0',
      'm=audio 0 RTP/AVP 8',
      'm=application 0 TCP/BFCP *',
    ])
  })

  it('6: lines that are not understood are kept out of the answer', () => {
    const { sdp } = answered('b=AS:64', 'a=tool:x', 'm=audio 5000 RTP/AVP 8', 'k=prompt', 'b=TIAS:1', 'a=fish:1')
    expect(sdp).not.toMatch(/fish|tool|TIAS|b=|k=/)
  })

  it.each([
    ['sendrecv', 'sendrecv'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'sendonly'],
    ['inactive', 'inactive'],
  ])('6.1: %s is answered with %s', (offer, answer) => {
    expect(answered('m=audio 5000 RTP/AVP 8', `a=${offer}`).sdp).toContain(`a=${answer}\r\n`)
  })

  it('6.1: of the formats we want most, dynamic ones under the number of the offer', () => {
    const lines = ['m=audio 5000 RTP/AVP 97 96 9', 'a=rtpmap:97 opus/48000/2', 'a=rtpmap:96 PCMU/8000']
    expect(answered(...lines).agreed).toMatchObject({ codec: 'PCMU', payloadType: 96 })
    expect(answered('m=audio 5000 RTP/AVP 97', 'a=rtpmap:97 OPUS/48000/2').agreed).toMatchObject({
      codec: 'opus',
      payloadType: 97,
    })
    expect(answered('m=audio 5000 RTP/AVP 9').agreed).toMatchObject({ codec: 'G722', payloadType: 9 })
  })

  it('6.1: keys in the clock of the codec, else as they are offered', () => {
    const events = ['a=rtpmap:101 telephone-event/8000', 'a=rtpmap:102 telephone-event/48000']
    const opus = answered('m=audio 5000 RTP/AVP 97 101 102', 'a=rtpmap:97 opus/48000/2', ...events)
    expect(opus.sdp).toContain('a=rtpmap:102 telephone-event/48000\r\n')
    expect(opus.sdp).not.toContain('telephone-event/8000')
    expect(answered('m=audio 5000 RTP/AVP 8 101 102', ...events).agreed!.telephoneEvent).toEqual({
      payloadType: 101,
      clockRate: 8_000,
    })
    const only = answered('m=audio 5000 RTP/AVP 97 101', 'a=rtpmap:97 opus/48000/2', events[0]!)
    expect(only.agreed!.telephoneEvent).toEqual({ payloadType: 101, clockRate: 8_000 })
  })

  it.each([
    [[], 20],
    [['a=ptime:30'], 30],
    [['a=ptime:5'], 10],
    [['a=ptime:200'], 60],
    [['a=ptime:60', 'a=maxptime:40'], 40],
    [['a=ptime:x'], 20],
  ] as const)('6.1: packets as long as %j asks for: %i ms', (lines, packetMs) => {
    expect(answered('m=audio 5000 RTP/AVP 8', ...lines).agreed!.packetMs).toBe(packetMs)
  })

  it('5.2, 6.2: a stream to a group is refused', () => {
    expect(() => answered('m=audio 5000 RTP/AVP 8', 'c=IN IP4 224.2.17.12/127')).toThrow('no audio stream')
    expect(() => answered('m=audio 5000 RTP/AVP 8', 'c=IN IP6 FF15::101')).toThrow('no audio stream')
  })

  it('7: an answer must have as many lines, our transport, and a codec that we offered', () => {
    const lines = offerLines([], local)
    const read = (...media: string[]) => readAnswer(session(...media), lines, false, 'answer')
    const refused = (code: string) => expect.objectContaining({ code, field: 'answer' })
    expect(() => read()).toThrow(refused('invalid_sdp'))
    expect(() => read('m=audio 1 RTP/AVP 8', 'm=video 0 RTP/AVP 31')).toThrow(refused('invalid_sdp'))
    expect(() => read('m=audio 1 RTP/SAVP 8')).toThrow(refused('no_common_codec'))
    expect(() => read('m=audio 1 RTP/AVP 9')).toThrow(refused('no_common_codec'))
    expect(() => read('m=audio 0 RTP/AVP 8')).toThrow(refused('no_common_codec'))
  })

  it('7: each side is sent what it named under the number it named', () => {
    const lines = offerLines([], local)
    const answer = session(
      'm=audio 7000 RTP/AVP 96 99',
      'a=rtpmap:96 opus/48000/2',
      'a=rtpmap:99 telephone-event/8000',
      'a=ptime:40',
    )
    expect(readAnswer(answer, lines, false, 'answer')).toMatchObject({
      codec: 'opus',
      payloadType: 96,
      packetMs: 40,
      telephoneEvent: { payloadType: 99 },
      incoming: local.formats,
      incomingEvents: local.telephoneEvents,
    })
  })

  it('7: the same port for RTCP only when both sides say so', () => {
    const lines = offerLines([], local)
    const withMux = session('m=audio 7000 RTP/AVP 8', 'a=rtcp-mux')
    expect(readAnswer(withMux, lines, false, 'answer').rtcpMux).toBe(true)
    const without = readAnswer(session('m=audio 7000 RTP/AVP 8', 'a=rtcp:7777'), lines, false, 'answer')
    expect(without).toMatchObject({ rtcpMux: false, remote: { rtcpPort: 7_777 } })
    const plain = offerLines([], { ...local, rtcpMux: false })
    expect(readAnswer(withMux, plain, false, 'answer').rtcpMux).toBe(false)
    expect(writeSdp(origin, plain)).toContain('a=rtcp:4001\r\n')
  })

  it('8: a stream keeps its place when others come, go and come back', () => {
    const first = answerOffer(session('m=video 6000 RTP/AVP 31', 'm=audio 5000 RTP/AVP 8'), side, 'offer')
    const again = session('m=audio 5500 RTP/AVP 8', 'm=audio 5000 RTP/AVP 8')
    const second = answerOffer(again, { ...side, before: first.lines }, 'offer')
    expect(writeSdp(origin, second.lines).match(/^m=.*$/gm)).toEqual(['m=audio 0 RTP/AVP 8', 'm=audio 4000 RTP/AVP 8'])
  })

  it('8.2: a removed stream is answered with port 0, and may come back', () => {
    const first = answerOffer(session('m=audio 5000 RTP/AVP 8'), side, 'offer')
    const removed = answerOffer(session('m=audio 0 RTP/AVP 8'), { ...side, before: first.lines }, 'offer')
    expect(removed.agreed).toBeUndefined()
    expect(writeSdp(origin, removed.lines)).toContain('m=audio 0 RTP/AVP 8\r\n')
    const back = answerOffer(session('m=audio 5002 RTP/AVP 8'), { ...side, before: removed.lines }, 'offer')
    expect(back.agreed!.remote.port).toBe(5_002)
  })

  it.each([
    ['sendrecv', 'recvonly'],
    ['sendonly', 'recvonly'],
    ['recvonly', 'inactive'],
    ['inactive', 'inactive'],
  ])('8.4: an address of zeros with %s is held: %s', (direction, answer) => {
    expect(answered('m=audio 5000 RTP/AVP 8', 'c=IN IP4 0.0.0.0', `a=${direction}`).sdp).toContain(`a=${answer}\r\n`)
  })
})

describe('RFC 4568', () => {
  it('5.1.2: the first line that we can do is answered with its tag and suite, and a key of ours', () => {
    const { agreed, sdp } = answered(
      'm=audio 5000 RTP/SAVP 8',
      `a=crypto:1 AES_256_CM_HMAC_SHA1_80 ${inline}`,
      `a=crypto:2 AES_CM_128_HMAC_SHA1_80 ${inline}|2^20|1:4`,
      `a=crypto:3 AES_CM_128_HMAC_SHA1_80 ${inline} UNENCRYPTED_SRTP`,
      `a=crypto:4 AES_CM_128_HMAC_SHA1_32 ${inline}|2^20`,
    )
    expect(sdp).toContain('m=audio 4000 RTP/SAVP 8\r\n')
    const [line, ...more] = cryptoLines(parseSdp(sdp, 'answer').media[0]!)
    expect(line).toMatchObject({ tag: '4', suite: 'AES_CM_128_HMAC_SHA1_32' })
    expect(more).toEqual([])
    expect(agreed!.srtp!.theirs.master.toString('hex')).toBe('000102030405060708090a0b0c0d0e0f')
    expect(line!.master).toEqual(agreed!.srtp!.ours.master)
  })

  it('an encrypted stream without a line we can do is none', () => {
    expect(() => answered('m=audio 5000 RTP/SAVP 8')).toThrow('no audio stream')
    expect(() => answered('m=audio 5000 RTP/SAVP 8', 'a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:AAAA')).toThrow()
  })
})
