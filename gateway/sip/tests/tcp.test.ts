import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { startTestServer, tcpOf, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'
import { listenStream, WireStream } from '../testing/wire-stream.ts'

/** A request over TCP, from a client whose Contact can not be connected to. */
function request(method: string, callId: string, seq: number, extra: readonly string[] = [], body = ''): string {
  return [
    `${method} sip:bob@127.0.0.1;transport=tcp SIP/2.0`,
    `Via: SIP/2.0/TCP 10.9.8.7:5060;branch=z9hG4bK-${callId}-${seq}-${method === 'ACK' ? 'a' : 'r'}`,
    'Max-Forwards: 70',
    'From: <sip:carol@example.org>;tag=carol',
    ...(extra.some((line) => line.startsWith('To:')) ? [] : ['To: <sip:bob@127.0.0.1>']),
    `Call-ID: ${callId}`,
    `CSeq: ${seq} ${method}`,
    ...extra,
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

describe('over TCP', () => {
  it('a call comes in, in pieces, and goes out by the same connection', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((req, res) => {
        srf.createUAS(req, res, { localSdp: sdp }).then((dialog) => srf.emit('answered', dialog))
      })
    })
    await using carol = await WireStream.connect(tcpOf(server))
    const answered = once(app.srf, 'answered')
    const contact = ['Contact: <sip:carol@10.9.8.7:5060;transport=tcp>', 'Content-Type: application/sdp']
    const invite = request('INVITE', 'tcp-1', 1, contact, sdp)
    carol.write(invite.slice(0, 100))
    carol.write(`${invite.slice(100)}`)
    const ok = await carol.next('200')
    expect(ok.headers.get('contact')).toContain(';transport=tcp>')
    carol.write(request('ACK', 'tcp-1', 1, [`To: <sip:bob@127.0.0.1>;tag=${ok.toTag}`]))
    const [dialog] = (await answered) as [Dialog]
    dialog.destroy().catch(() => {})
    const bye = await carol.next('BYE')
    expect(bye.headers.get('via')).toContain('SIP/2.0/TCP')
  })

  it('two messages in one segment are two, and CRLFCRLF between them gets a CRLF', async () => {
    await using server = await startTestServer()
    await using carol = await WireStream.connect(tcpOf(server))
    const bytes: Buffer[] = []
    carol.socket.on('data', (chunk) => bytes.push(chunk))
    carol.write(`${request('OPTIONS', 'tcp-2', 1)}\r\n\r\n${request('OPTIONS', 'tcp-3', 1)}`)
    const ids = [(await carol.next('503')).callId, (await carol.next('503')).callId]
    expect(ids.toSorted()).toEqual(['tcp-2', 'tcp-3'])
    expect(Buffer.concat(bytes).toString()).toContain('\r\n\r\n\r\nSIP/2.0')
  })

  it('a message without Content-Length gets 400 and the connection is closed', async () => {
    await using server = await startTestServer()
    await using carol = await WireStream.connect(tcpOf(server))
    const closed = once(carol.socket, 'close')
    carol.write(request('OPTIONS', 'tcp-4', 1).replace('Content-Length: 0\r\n', ''))
    await carol.next('400')
    await closed
  })

  it('endless headers end the connection', async () => {
    await using server = await startTestServer({ streamHeadBytes: 1000 })
    await using carol = await WireStream.connect(tcpOf(server))
    const closed = once(carol.socket, 'close')
    carol.write(`OPTIONS sip:bob@127.0.0.1 SIP/2.0\r\nSubject: ${'x'.repeat(2000)}`)
    await closed
  })

  it('the application reaches a client by the connection it registered over', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.register((_req, res) => res.send(200, { headers: { Expires: '60' } }))
    })
    await using carol = await WireStream.connect(tcpOf(server))
    carol.write(request('REGISTER', 'reg-1', 1, ['Contact: <sip:carol@10.9.8.7:5060;transport=tcp>', 'Expires: 60']))
    await carol.next('200')
    const calling = app.srf.createUAC('sip:carol@10.9.8.7:5060;transport=tcp', { localSdp: sdp }).catch((e) => e)
    const invite = await carol.next('INVITE')
    expect(invite.headers.get('contact')).toContain(';transport=tcp>')
    carol.socket.destroy()
    app.srf.emit('done', calling)
  })

  it('a call goes out over a connection of our own', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using far = await listenStream()
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${far.port};transport=tcp`, { localSdp: sdp })
    const bob = await far.accepted
    const invite = await bob.next('INVITE')
    bob.write(
      [
        'SIP/2.0 200 OK',
        `Via: ${invite.headers.get('via')}`,
        `From: ${invite.headers.get('from')}`,
        `To: ${invite.headers.get('to')};tag=bob`,
        `Call-ID: ${invite.callId}`,
        `CSeq: ${invite.headers.get('cseq')}`,
        `Contact: <sip:bob@127.0.0.1:${far.port};transport=tcp>`,
        'Content-Type: application/sdp',
        `Content-Length: ${sdp.length}`,
        '',
        sdp,
      ].join('\r\n'),
    )
    await bob.next('ACK')
    const dialog = await calling
    dialog.destroy().catch(() => {})
    await bob.next('BYE')
  })

  it('a response to a caller whose connection is gone is refused to the application', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((_req, res) => srf.emit('invited', res))
    })
    await using carol = await WireStream.connect(tcpOf(server))
    const invited = once(app.srf, 'invited')
    carol.write(request('INVITE', 'tcp-5', 1, ['Contact: <sip:carol@10.9.8.7:5060>']))
    const [response] = await invited
    await carol.next('100')
    carol.socket.destroy()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:bob@127.0.0.1', alice.party('tcp-6', 1, 'OPTIONS'))
    await alice.nextResponse(503)
    const error = await new Promise((resolve) => response.send(200, {}, resolve))
    expect(String(error)).toContain('transport for response has been shutdown or closed')
  })
})
