import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { FrameReader, writeFrame } from '../src/wire/frame.ts'
import { secret, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** An application that speaks the wire protocol by hand: what drachtio-srf reads by position is checked here. */
class RawApp implements AsyncDisposable {
  private readonly socket: Socket
  private readonly frames: string[] = []
  private readonly waiting: ((frame: string) => void)[] = []
  private count = 0

  constructor(socket: Socket) {
    this.socket = socket
    const reader = new FrameReader()
    socket.on('data', (chunk) => {
      for (const payload of reader.push(chunk)) {
        const frame = payload.toString('latin1')
        const waiter = this.waiting.shift()
        if (waiter) waiter(frame)
        else this.frames.push(frame)
      }
    })
  }

  static async connect(server: SipServer, ...verbs: string[]): Promise<RawApp> {
    const socket = connect(server.admin)
    await once(socket, 'connect')
    const app = new RawApp(socket)
    for (const command of [`authenticate|${secret}|`, ...verbs.map((verb) => `route|${verb}`)]) {
      app.send(command)
      await app.next()
    }
    return app
  }

  send(command: string, message?: string): string {
    const id = `m${++this.count}`
    this.socket.write(
      writeFrame(`${id}|${command}`, message === undefined ? undefined : Buffer.from(message, 'latin1')),
    )
    return id
  }

  async next(): Promise<{ tokens: string[]; text: string }> {
    const frame = this.frames.shift() ?? (await new Promise<string>((resolve) => this.waiting.push(resolve)))
    const end = frame.indexOf('\r\n')
    const leader = end === -1 ? frame : frame.slice(0, end)
    return { tokens: leader.split('|'), text: end === -1 ? '' : frame.slice(end + 2) }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.socket.destroy()
  }
}

const uuid = expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
const time = expect.stringMatching(/^\d\d:\d\d:\d\d\.\d{6}$/)

describe('frames to an application', () => {
  it('of a call that comes in, is answered and ended', async () => {
    await using server = await startTestServer()
    await using app = await RawApp.connect(server, 'invite')
    await using alice = await WirePhone.open(udpOf(server))
    const phone = ['udp', '127.0.0.1', String(alice.port)]
    const branch = alice.invite('wire-1')

    const invite = await app.next()
    const txnId = invite.tokens[8] ?? ''
    expect(invite.tokens).toEqual([
      ...[uuid, 'sip', 'network', String(invite.text.length), ...phone, time, uuid, ''],
      ...['127.0.0.1', String(udpOf(server).port), ''],
    ])
    expect(invite.text).toContain(
      `\r\nVia: SIP/2.0/UDP 127.0.0.1:${alice.port};branch=${branch};rport=${alice.port}\r\n`,
    )
    expect(invite.text.endsWith(`\r\n\r\n${sdp}`)).toBe(true)

    const copied = 'cseq: 1 INVITE\r\ncall-id: wire-1\r\nContent-Length: 1\r\n'
    const id = app.send(`sip|${txnId}|`, `SIP/2.0 200 OK\r\n${copied}\r\n${sdp}`)
    const echo = await app.next()
    const dialogId = 'wire-1;from-tag=alice'
    expect(echo.tokens).toEqual([
      ...[uuid, 'response', id, 'OK', 'application', String(echo.text.length), ...phone, time, txnId, dialogId],
      ...['', 'Msg sent:', ''],
    ])
    const ok = await alice.nextResponse(200)
    expect(echo.text).toBe(`${ok.head}\r\n${sdp}`)

    alice.request('ACK sip:bob@127.0.0.1', alice.party('wire-1', 1, 'ACK', ok.toTag))
    const ack = await app.next()
    expect(ack.tokens.slice(8)).toEqual([txnId, dialogId, ''])
    expect(ack.text).toMatch(/^ACK /)

    alice.request('BYE sip:bob@127.0.0.1', alice.party('wire-1', 2, 'BYE', ok.toTag))
    const bye = await app.next()
    expect(bye.tokens.slice(8)).toEqual([uuid, dialogId, ''])
    expect(bye.tokens[8]).not.toBe(txnId)
    app.send(`sip|${bye.tokens[8]}|`, 'SIP/2.0 200 OK\r\n\r\n')
    const last = await app.next()
    expect(last.tokens.slice(10)).toEqual([bye.tokens[8], '', '', 'Msg sent:', ''])
    await alice.nextResponse(200, 'BYE')

    const again = app.send(`sip|${txnId}|`, 'SIP/2.0 500 Too Late\r\n\r\n')
    expect((await app.next()).tokens.slice(1)).toEqual([
      ...['response', again, 'NOK', 'Response not sent due to unknown transaction'],
    ])
  })

  it('of a call that goes out: the echo first, then the responses, but not the 100', async () => {
    await using server = await startTestServer()
    await using app = await RawApp.connect(server)
    await using bob = await WirePhone.open(udpOf(server))
    const id = app.send('sip||', `INVITE sip:bob@127.0.0.1:${bob.port} SIP/2.0\r\nfrom: sip:x@localhost\r\n\r\n${sdp}`)
    const here = ['udp', '127.0.0.1', String(udpOf(server).port)]
    const echo = await app.next()
    const txnId = echo.tokens[10] ?? ''
    expect(echo.tokens).toEqual([
      ...[uuid, 'response', id, 'OK', 'application', String(echo.text.length), ...here, time, uuid, 'Msg sent:', ''],
    ])
    const invite = await bob.nextRequest('INVITE')
    expect(echo.text).toBe(`${invite.head}\r\n${sdp}`)
    expect(invite.headers.get('content-type')).toBe('application/sdp')
    bob.respond(invite, 100)
    bob.respond(invite, 486, [], 'bob')
    const busy = await app.next()
    const dialogId = `${invite.callId};from-tag=${invite.fromTag}`
    expect(busy.tokens.slice(8)).toEqual([txnId, dialogId, ''])
    expect(busy.text).toMatch(/^SIP\/2\.0 486 /)
    const ack = app.send(`sip||${dialogId}`, 'ACK sip:bob@127.0.0.1 SIP/2.0\r\n\r\n')
    expect((await app.next()).tokens.slice(1)).toEqual([
      ...['response', ack, 'NOK'],
      'Server error: ACK for non-success final response is automatically generated by server',
    ])
  })

  it('drops what an application may not set, and refuses a body of unknown kind', async () => {
    await using server = await startTestServer()
    await using app = await RawApp.connect(server)
    await using bob = await WirePhone.open(udpOf(server))
    const uri = `sip:bob@127.0.0.1:${bob.port}`
    app.send(
      'sip||',
      `OPTIONS ${uri} SIP/2.0\r\nVia: x\r\nRoute: <sip:evil>\r\nRecord-Route: <sip:evil>\r\nnot a header\r\n\r\n`,
    )
    await app.next()
    const options = await bob.nextRequest('OPTIONS')
    expect(options.headers.count('via')).toBe(1)
    expect(options.headers.has('route')).toBe(false)
    expect(options.headers.has('record-route')).toBe(false)
    app.send('sip||', `MESSAGE ${uri} SIP/2.0\r\n\r\nhello`)
    expect((await app.next()).tokens.slice(3)).toEqual(['NOK', 'missing content-type'])
    app.send('sip||nobody;from-tag=x', `INFO ${uri} SIP/2.0\r\n\r\n`)
    expect((await app.next()).tokens.slice(3)).toEqual([
      ...['NOK', 'Server error: unable to find dialog for dialog id provided'],
    ])
  })
})
