import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseAddress, parseUri } from './address.ts'
import { header, headerList, MalformedMessage, parameter, parseMessage, serialize, splitList } from './message.ts'
import { chooseFormats, mirror, readSdp } from './sdp.ts'

const invite = [
  'INVITE sip:4000@example.com;transport=udp SIP/2.0',
  'v: SIP/2.0/UDP a.example.com;branch=z9hG4bK1 , SIP/2.0/UDP b.example.com;branch=z9hG4bK2',
  'f: "A, B" <sip:alice@example.com>;tag=1',
  't: <sip:4000@example.com>',
  'i: abc',
  'CSEQ: 1 INVITE',
  'Subject: folded',
  '  over two lines',
  'l: 3',
  '',
  'xyzrest',
].join('\r\n')

it('reads compact, folded and listed headers, and cuts the body at Content-Length', () => {
  const message = parseMessage(Buffer.from(invite))
  expect(headerList(message, 'Via')).toEqual([
    'SIP/2.0/UDP a.example.com;branch=z9hG4bK1',
    'SIP/2.0/UDP b.example.com;branch=z9hG4bK2',
  ])
  expect(header(message, 'Subject')).toBe('folded over two lines')
  expect(header(message, 'CSeq')).toBe('1 INVITE')
  expect(message.body.toString()).toBe('xyz')
  expect(parseMessage(serialize(message)).headers).toEqual(message.headers.map(([n, v]) => [n, v]))
})

it.each(['', 'x\r\n\r\n', 'INVITE sip:x SIP/3.0\r\n\r\n', `${invite.replace('l: 3', 'l: 99')}`])(
  'refuses %j',
  (text) => {
    expect(() => parseMessage(Buffer.from(text))).toThrow(MalformedMessage)
  },
)

it('says MalformedMessage to whatever bytes come, and nothing else', () => {
  const mutated = fc
    .tuple(fc.nat(invite.length - 1), fc.string())
    .map(([at, text]) => invite.slice(0, at) + text + invite.slice(at + 1))
  fc.assert(
    fc.property(fc.oneof(mutated, fc.string()), (text) => {
      try {
        const message = parseMessage(Buffer.from(text))
        headerList(message, 'Via').map((via) => parameter(via, 'branch'))
      } catch (error) {
        expect(error).toBeInstanceOf(MalformedMessage)
      }
    }),
  )
})

it('keeps commas in quotes and brackets', () => {
  expect(splitList('"A, B" <sip:a@b;x=1,2>, <sip:c>')).toEqual(['"A, B" <sip:a@b;x=1,2>', '<sip:c>'])
})

it('takes addresses and URIs apart', () => {
  expect(parseAddress('"王 \\"芳\\"" <sip:wang@10.0.0.1>;tag=1')).toEqual({
    display: '王 "芳"',
    uri: 'sip:wang@10.0.0.1',
  })
  expect(parseAddress('sip:a@b;tag=1')).toEqual({ display: '', uri: 'sip:a@b' })
  expect(parseUri('sips:a:pw@[::1]:5061;lr?x=1')).toEqual({
    scheme: 'sips',
    user: 'a',
    host: '[::1]',
    port: 5061,
    parameters: ';lr',
  })
  expect(parameter('<sip:a@b;tag=no>;Tag=yes', 'tag')).toBe('yes')
})

it('reads an SDP of several media and chooses the first common codec', () => {
  const sdp = readSdp(
    Buffer.from(
      'v=0\r\nc=IN IP4 10.0.0.9\r\na=sendonly\r\nm=audio 4000 RTP/AVP 96 18 0 97\r\na=rtpmap:96 opus/48000/2\r\na=rtpmap:97 telephone-event/8000\r\nm=video 5000 RTP/AVP 98\r\na=inactive\r\n',
    ),
  )!
  expect(sdp.remote).toEqual({ host: '10.0.0.9', port: 4000 })
  expect(sdp.direction).toBe('sendonly')
  expect(chooseFormats(sdp, ['pcma', 'pcmu'])?.map((f) => f.payloadType)).toEqual([0, 97])
  expect(chooseFormats(sdp, ['pcma'])).toBeUndefined()
})

it('mirrors directions as RFC 3264 6.1 says', () => {
  const table = (['sendrecv', 'sendonly', 'recvonly', 'inactive'] as const).map((theirs) => mirror(theirs))
  expect(table).toEqual(['sendrecv', 'recvonly', 'sendonly', 'inactive'])
  expect(mirror('sendrecv', 'sendonly')).toBe('sendonly')
  expect(mirror('sendonly', 'sendonly')).toBe('inactive')
})
