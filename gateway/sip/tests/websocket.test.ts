import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { TestAuthority } from '../testing/certificates.ts'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { streamRequest } from '../testing/stream-request.ts'
import { listenerOf, startTestServer } from '../testing/test-server.ts'
import { sdp } from '../testing/wire-phone.ts'
import { WireWebSocket } from '../testing/wire-websocket.ts'

const ws = (settings = {}) => startTestServer({ listen: ['ws:127.0.0.1:0'], ...settings })
const urlOf = (server: Awaited<ReturnType<typeof ws>>) => `ws://127.0.0.1:${listenerOf(server, 'ws').port}/`

describe('over WebSocket (RFC 7118)', () => {
  it('[TR6] a browser registers over WSS, is called, and hangs up', async () => {
    await using authority = await TestAuthority.create()
    const tlsCertificates = [await authority.issue('DNS:localhost,IP:127.0.0.1')]
    await using server = await startTestServer({ listen: ['wss:127.0.0.1:0'], tlsCertificates })
    await using app = await connectApp(server, (srf) => {
      srf.register((request, response) => {
        expect(request.protocol).toBe('wss')
        response.send(200, { headers: { Expires: '60' } })
      })
    })
    const url = `wss://127.0.0.1:${listenerOf(server, 'wss').port}/`
    await using carol = await WireWebSocket.connect(url, { ca: await authority.pem() })
    const contact = 'Contact: <sip:carol@df7jal23ls0d.invalid;transport=ws>'
    carol.write(streamRequest('WSS', 'REGISTER', 'wss-1', 1, [contact, 'Expires: 60']))
    await carol.next('200')
    const calling = app.srf.createUAC('sip:carol@df7jal23ls0d.invalid;transport=ws', { localSdp: sdp })
    const invite = await carol.next('INVITE')
    expect(invite.headers.get('via')).toContain('SIP/2.0/WSS')
    expect(invite.headers.get('contact')).toContain(';transport=ws>')
    const common = [
      `Via: ${invite.headers.get('via')}`,
      `From: ${invite.headers.get('from')}`,
      `To: ${invite.headers.get('to')};tag=carol`,
      `Call-ID: ${invite.callId}`,
    ]
    // Without Content-Length: a WebSocket message has its own end.
    const ok = ['SIP/2.0 200 OK', ...common, `CSeq: ${invite.headers.get('cseq')}`, contact]
    carol.write([...ok, 'Content-Type: application/sdp', '', sdp].join('\r\n'))
    await carol.next('ACK')
    const dialog: Dialog = await calling
    dialog.destroy().catch(() => {})
    await carol.next('BYE')
  })

  it('[TR6] binary messages are taken too', async () => {
    await using server = await ws()
    await using carol = await WireWebSocket.connect(urlOf(server))
    carol.write(Buffer.from(streamRequest('WS', 'OPTIONS', 'ws-1', 1)))
    expect((await carol.next('503')).headers.get('via')).toMatch(/received=127\.0\.0\.1;rport=\d+/)
  })

  it('[TR7] who does not offer the subprotocol, or comes from a foreign page, is refused', async () => {
    await using server = await ws({ wsOrigins: ['https://desk.example'] })
    const refused = async (protocols: string[], origin?: string) => {
      const client = new WebSocket(urlOf(server), protocols, origin === undefined ? {} : { origin })
      const [error] = await once(client, 'error')
      return String(error)
    }
    expect(await refused([])).toContain('400')
    expect(await refused(['mqtt'])).toContain('400')
    expect(await refused(['sip'], 'https://evil.example')).toContain('403')
    await using carol = await WireWebSocket.connect(urlOf(server), { origin: 'https://desk.example' })
    carol.write(streamRequest('WS', 'OPTIONS', 'ws-2', 1))
    await carol.next('503')
    expect((await fetch(urlOf(server).replace('ws:', 'http:'))).status).toBe(426)
  })

  it('[TR8] CRLF pairs are answered; who answers no ping is cut off', async () => {
    await using server = await ws({ streamPingMs: 30 })
    await using carol = await WireWebSocket.connect(urlOf(server))
    const answered = once(carol.client, 'message')
    carol.write('\r\n\r\n')
    expect(String((await answered)[0])).toBe('\r\n')
    await once(carol.client, 'ping')
    await once(carol.client, 'ping')
    await using mute = await WireWebSocket.connect(urlOf(server), { autoPong: false })
    await mute.closed
    expect(carol.client.readyState).toBe(carol.client.OPEN)
  })

  it('[TR9] a message that is too long ends the connection', async () => {
    await using server = await ws({ streamHeadBytes: 1000, streamBodyBytes: 1000 })
    await using carol = await WireWebSocket.connect(urlOf(server))
    carol.write('x'.repeat(3000))
    expect(await carol.closed).toBe(1009)
  })
})
