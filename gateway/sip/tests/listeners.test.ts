import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp } from '../testing/srf-app.ts'
import { streamRequest } from '../testing/stream-request.ts'
import { listenerOf, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'
import { listenStream, WireStream } from '../testing/wire-stream.ts'

describe('listeners', () => {
  it('[TR14] speak IPv6 over UDP and TCP, with brackets where they belong', async () => {
    await using server = await startTestServer({ listen: ['udp:[::1]:0', 'tcp:[::1]:0'] })
    await using app = await connectApp(server)
    await using carol = await WireStream.connect(listenerOf(server, 'tcp'))
    carol.write(streamRequest('TCP', 'OPTIONS', 'six-1', 1))
    expect((await carol.next('503')).headers.get('via')).toContain('received=::1')

    const phone = createSocket('udp6')
    phone.bind(0, '::1')
    await once(phone, 'listening')
    const received = once(phone, 'message')
    app.srf.createUAC(`sip:bob@[::1]:${phone.address().port}`, { localSdp: sdp }).catch(() => {})
    const invite = String((await received)[0])
    expect(invite).toContain(`Via: SIP/2.0/UDP [::1]:${udpOf(server).port};`)
    expect(invite).toContain(`Contact: <sip:[::1]:${udpOf(server).port}>`)
    phone.close()
  })

  it('[TR15] have an external address each, with a port if need be', async () => {
    await using server = await startTestServer({
      listen: ['udp:127.0.0.1:0/203.0.113.7', 'tcp:127.0.0.1:0/sip.example.com:443'],
      externalAddress: '198.51.100.1',
    })
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp }).catch(() => {})
    const invite = await bob.nextRequest('INVITE')
    expect(invite.headers.get('via')).toContain(`SIP/2.0/UDP 203.0.113.7:${udpOf(server).port};`)
    await using far = await listenStream()
    app.srf.createUAC(`sip:bob@127.0.0.1:${far.port};transport=tcp`, { localSdp: sdp }).catch(() => {})
    const other = await (await far.accepted).next('INVITE')
    expect(other.headers.get('via')).toContain('SIP/2.0/TCP sip.example.com:443;')
    expect(other.headers.get('contact')).toBe('<sip:sip.example.com:443;transport=tcp>')
  })

  it('[TR16] answer STUN on the SIP port, and let keep-alives pass unseen', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    const phone = createSocket('udp4')
    phone.bind(0, '127.0.0.1')
    await once(phone, 'listening')
    const { port } = phone.address()
    const request = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')
    const received = once(phone, 'message')
    phone.send('\r\n\r\n', udpOf(server).port, '127.0.0.1')
    phone.send(Buffer.alloc(4), udpOf(server).port, '127.0.0.1')
    phone.send(request, udpOf(server).port, '127.0.0.1')
    const [answer] = (await received) as [Buffer]
    expect(answer.toString('hex', 0, 28)).toBe(
      '0101000c2112a442000102030405060708090a0b002000080001'.concat(
        ((port ^ 0x2112) & 0xffff).toString(16).padStart(4, '0'),
      ),
    )
    expect([...answer.subarray(28)].map((byte, index) => byte ^ [0x21, 0x12, 0xa4, 0x42][index]!)).toEqual([
      127, 0, 0, 1,
    ])
    const metrics = await (await fetch(`http://127.0.0.1:${server.ops?.port}/metrics`)).text()
    expect(metrics).not.toContain('reason="unreadable"')
    phone.close()
  })

  it('[TR17] keep connections of our own alive, and use them again', async () => {
    await using server = await startTestServer({ streamPingMs: 30 })
    await using app = await connectApp(server)
    await using far = await listenStream()
    const uri = `sip:bob@127.0.0.1:${far.port};transport=tcp`
    app.srf.createUAC(uri, { localSdp: sdp }).catch(() => {})
    const bob = await far.accepted
    await bob.next('INVITE')
    const ping = new Promise<void>((resolve) => {
      bob.socket.on('data', (chunk) => String(chunk) === '\r\n\r\n' && resolve())
    })
    await ping
    app.srf.createUAC(uri, { localSdp: sdp }).catch(() => {})
    await bob.next('INVITE')
  })
})
