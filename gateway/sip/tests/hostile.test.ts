import { once } from 'node:events'
import { connect } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writeFrame } from '../src/wire/frame.ts'
import { connectApp } from '../testing/srf-app.ts'
import { fastTimers, secret, startTestServer, tcpOf, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** Cuts, doubles and mixes text, with what parsers stumble over. */
function mutated(originals: readonly string[]): fc.Arbitrary<Buffer> {
  const splice = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(20),
    insert: fc.oneof(
      fc.constantFrom(
        '\r\n',
        '\r',
        '\n',
        ';',
        '"',
        '<',
        '>',
        ',',
        ':',
        '\0',
        '|',
        '@',
        '[',
        ' ',
        '\r\n\r\n',
        '99999999999',
        '%',
        '=',
      ),
      fc.constantFrom(
        'Via: ',
        'Contact: *',
        'Record-Route: <',
        'To: ',
        ';tag=',
        'sip:',
        'CSeq: 1 ',
        'RAck: x',
        'Require: 100rel',
      ),
      fc.string({ maxLength: 6, unit: 'binary' }),
    ),
  })
  return fc.tuple(fc.constantFrom(...originals), fc.array(splice, { maxLength: 5 })).map(([original, splices]) => {
    let text = original
    for (const { at, remove, insert } of splices) {
      const position = Math.floor(at * text.length)
      text = text.slice(0, position) + insert + text.slice(position + remove)
    }
    return Buffer.from(text, 'latin1')
  })
}

const head = (method: string, toTag: string, seq: number) =>
  [
    `${method} sip:bob@127.0.0.1:5060 SIP/2.0`,
    `Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bKfuzz${method}${seq}`,
    'Record-Route: <sip:127.0.0.1:9;lr>',
    'Max-Forwards: 70',
    'From: "Mallory" <sip:mallory@127.0.0.1>;tag=m',
    `To: <sip:bob@127.0.0.1>${toTag}`,
    'Call-ID: fuzz',
    `CSeq: ${seq} ${method}`,
    'Contact: <sip:mallory@127.0.0.1:9>',
    'Supported: 100rel',
    'RAck: 1 1 INVITE',
    'Expires: 60',
    'Content-Type: application/sdp',
    `Content-Length: ${sdp.length}`,
    '',
    sdp,
  ].join('\r\n')

const requests = [
  'INVITE',
  'ACK',
  'BYE',
  'CANCEL',
  'REGISTER',
  'OPTIONS',
  'PRACK',
  'UPDATE',
  'INFO',
  'SUBSCRIBE',
].flatMap((method) => [head(method, '', 1), head(method, ';tag=fixed', 2)])
const responses = ['100 Trying', '180 Ringing', '200 OK', '401 Unauthorized', '999 What'].map(
  (line) => requests[0]?.replace(/^.*\r\n/, `SIP/2.0 ${line}\r\n`) ?? '',
)

describe('a server under hostile input', () => {
  it('goes on, whatever datagrams and streams come', async () => {
    await using server = await startTestServer(fastTimers)
    await using _app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf
          .createUAS(request, response, { localSdp: sdp, headers: { To: '<sip:bob@127.0.0.1>;tag=fixed' } })
          .catch(() => {})
      })
      srf.register((_request, response) => response.send(200))
    })
    await using mallory = await WirePhone.open(udpOf(server))
    const stream = connect(tcpOf(server)).on('error', () => {})
    let sent = 0
    await fc.assert(
      fc.asyncProperty(mutated([...requests, ...responses]), async (bytes) => {
        mallory.raw(bytes)
        if (stream.writable) stream.write(bytes)
        if (++sent % 50 === 0) await new Promise((resolve) => setImmediate(resolve))
      }),
      { numRuns: 3000 },
    )
    stream.destroy()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:bob@127.0.0.1', alice.party('still-alive', 1, 'OPTIONS'))
    expect((await alice.nextResponse(503)).callId).toBe('still-alive')
  })

  it('goes on, whatever an application writes', async () => {
    await using server = await startTestServer(fastTimers)
    await using alice = await WirePhone.open(udpOf(server))
    const target = `sip:alice@127.0.0.1:${alice.port}`
    const commands = [
      ...['ping', 'route|invite', 'remove_route|invite', 'proxy|x|||||||sip:a@b', 'dance'],
      ...['INVITE', 'OPTIONS', 'ACK', 'CANCEL', 'PRACK', 'BYE'].flatMap((method) => [
        `sip||\r\n${method} ${target} SIP/2.0\r\nFrom: sip:x@localhost\r\nCSeq: 7 X\r\nContact: sip:y@localhost\r\n\r\nv=0\r\n`,
        `sip|x|y;from-tag=z|${target}\r\n${method} ${target} SIP/2.0\r\nTo: <sip:a@b>;tag=1\r\nCall-ID: fuzz\r\n\r\n`,
      ]),
      'sip|x|\r\nSIP/2.0 200 OK\r\nTo: <sip:a@b>;tag=1\r\n\r\n',
    ]
    let sent = 0
    await fc.assert(
      fc.asyncProperty(fc.array(mutated(commands), { minLength: 1, maxLength: 8 }), async (frames) => {
        const app = connect(server.admin).on('error', () => {})
        await once(app, 'connect')
        app.write(writeFrame(`m|authenticate|${secret}|`, undefined))
        for (const frame of frames) {
          const payload = Buffer.concat([Buffer.from(`m${++sent}|`), frame])
          app.write(Buffer.concat([Buffer.from(`${payload.length}#`), payload]))
        }
        app.end()
        await once(app.resume(), 'close')
      }),
      { numRuns: 400 },
    )
    alice.request('OPTIONS sip:bob@127.0.0.1', alice.party('still-alive', 1, 'OPTIONS'))
    expect((await alice.nextResponse(503)).callId).toBe('still-alive')
  })
})
