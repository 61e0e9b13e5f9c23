import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

const answer = (contact: string) => [`Contact: ${contact}`, 'Content-Type: application/sdp']

describe('an application that calls', () => {
  it('gets the progress and the answer, and hangs up', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const progress: number[] = []
    const calling = app.srf.createUAC(
      `sip:bob@127.0.0.1:${bob.port}`,
      { localSdp: sdp, headers: { From: 'sip:1000@localhost', 'X-Custom': 'kept as is', 'x-other': '1' } },
      { cbProvisional: (response) => progress.push(response.status) },
    )
    const invite = await bob.nextRequest('INVITE')
    const here = `127.0.0.1:${udpOf(server).port}`
    expect(invite.headers.get('from')).toMatch(new RegExp(`^<sip:1000@${here}>;tag=`))
    expect(invite.headers.get('to')).toBe(`<sip:bob@127.0.0.1:${bob.port}>`)
    expect(invite.headers.get('contact')).toBe(`<sip:${here}>`)
    expect(invite.headers.get('x-custom')).toBe('kept as is')
    expect(invite.head).toContain('\r\nX-Custom: kept as is\r\n')
    bob.respond(invite, 100)
    bob.respond(invite, 180)
    bob.respond(invite, 200, answer(bob.contact), 'bob', sdp)
    const ack = await bob.nextRequest('ACK')
    expect(ack.cseq.number).toBe(invite.cseq.number)
    expect(ack.via.branch).not.toBe(invite.via.branch)
    expect(ack.uri).toBe(`sip:phone@127.0.0.1:${bob.port}`)
    const dialog = await calling
    expect(progress).toEqual([180])
    const gone = dialog.destroy()
    const bye = await bob.nextRequest('BYE')
    expect(bye.cseq.number).toBe(invite.cseq.number + 1)
    bob.respond(bye, 200)
    await gone
  })

  it('is hung up on', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 200, answer(bob.contact), 'bob', sdp)
    await bob.nextRequest('ACK')
    const destroyed = once(await calling, 'destroy')
    bob.request(`BYE sip:127.0.0.1:${udpOf(server).port}`, [
      `From: ${invite.headers.get('to')};tag=bob`,
      `To: ${invite.headers.get('from')}`,
      `Call-ID: ${invite.callId}`,
      'CSeq: 1 BYE',
    ])
    await bob.nextResponse(200, 'BYE')
    await destroyed
  })

  it('[DG9] repeats its ACK for every 200 that comes again', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 200, answer(bob.contact), 'bob', sdp)
    const first = await bob.nextRequest('ACK')
    await calling
    bob.respond(invite, 200, answer(bob.contact), 'bob', sdp)
    const second = await bob.nextRequest('ACK')
    expect(second.head).toBe(first.head)
  })

  it('is refused: the server sends the ACK, in the transaction of the INVITE', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const refused = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp }).catch((error) => error)
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 486)
    const ack = await bob.nextRequest('ACK')
    expect(ack.via.branch).toBe(invite.via.branch)
    expect(ack.toTag).toBe('phone')
    expect(await refused).toMatchObject({ status: 486 })
  })

  it('repeats the INVITE to a silent phone, and hears 408', async () => {
    await using server = await startTestServer(fastTimers)
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const refused = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp }).catch((error) => error)
    await bob.nextRequest('INVITE')
    await bob.nextRequest('INVITE')
    await bob.nextRequest('INVITE')
    expect(await refused).toMatchObject({ status: 408 })
  })

  it('hears 503 when nobody listens on the TCP port, or the name does not resolve', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    for (const uri of ['sip:bob@127.0.0.1:1;transport=tcp', 'sip:bob@no-such-host.invalid']) {
      const refused = await app.srf.createUAC(uri, { localSdp: sdp }).catch((error) => error)
      expect(refused).toMatchObject({ status: 503 })
    }
  })

  it('is told at once when there is no such transport, or the call would come back', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    const message = async (uri: string) =>
      String(await app.srf.createUAC(uri, { localSdp: sdp }).catch((error) => error.message))
    expect(await message('sip:bob@127.0.0.1;transport=sctp')).toContain('requested protocol/transport not available')
    expect(await message(`sip:bob@127.0.0.1:${udpOf(server).port}`)).toContain('can not send request to myself')
  })

  it('goes by the proxy it names', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const refused = app.srf
      .createUAC('sip:bob@example.invalid', { localSdp: sdp, proxy: `sip:127.0.0.1:${bob.port}` })
      .catch((error) => error)
    const invite = await bob.nextRequest('INVITE')
    expect(invite.uri).toBe('sip:bob@example.invalid')
    bob.respond(invite, 404)
    expect(await refused).toMatchObject({ status: 404 })
  })

  it('[DG10] that hears two forks answer keeps the first; the other is acknowledged and ended', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180, [], 'desk')
    bob.respond(invite, 180, [], 'mobile')
    bob.respond(invite, 200, answer(bob.contact), 'desk', sdp)
    expect((await bob.nextRequest('ACK')).toTag).toBe('desk')
    await calling
    bob.respond(invite, 200, answer(bob.contact), 'mobile', sdp)
    expect((await bob.nextRequest('ACK')).toTag).toBe('mobile')
    const bye = await bob.nextRequest('BYE')
    expect(bye.toTag).toBe('mobile')
  })

  it('[DG7] sends by the route set of its dialog', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    const routes = ['Record-Route: <sip:192.0.2.1;lr>', `Record-Route: <sip:127.0.0.1:${bob.port};lr>`]
    bob.respond(invite, 200, [...routes, ...answer('<sip:bob@192.0.2.9>')], 'bob', sdp)
    const ack = await bob.nextRequest('ACK')
    expect(ack.uri).toBe('sip:bob@192.0.2.9')
    expect(ack.headers.list('route')).toEqual([`<sip:127.0.0.1:${bob.port};lr>`, '<sip:192.0.2.1;lr>'])
    await calling
  })
})

describe('digest authentication by the application', () => {
  for (const [status, challenge, credentials] of [
    [401, 'WWW-Authenticate', 'authorization'],
    [407, 'Proxy-Authenticate', 'proxy-authorization'],
  ] as const) {
    it(`repeats an INVITE after ${status} with the same Call-ID, From tag and the next CSeq`, async () => {
      await using server = await startTestServer()
      await using app = await connectApp(server)
      await using bob = await WirePhone.open(udpOf(server))
      const auth = { username: 'alice', password: 'secret' }
      const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp, auth })
      const first = await bob.nextRequest('INVITE')
      bob.respond(first, status, [`${challenge}: Digest realm="test", nonce="abc", qop="auth"`])
      await bob.nextRequest('ACK')
      const second = await bob.nextRequest('INVITE')
      expect(second.callId).toBe(first.callId)
      expect(second.fromTag).toBe(first.fromTag)
      expect(second.cseq.number).toBe(first.cseq.number + 1)
      expect(second.headers.get(credentials)).toContain('username="alice"')
      bob.respond(second, 200, answer(bob.contact), 'bob', sdp)
      await bob.nextRequest('ACK')
      const dialog = await calling
      const gone = dialog.destroy({ auth })
      const bye = await bob.nextRequest('BYE')
      bob.respond(bye, status, [`${challenge}: Digest realm="test", nonce="def"`])
      const again = await bob.nextRequest('BYE')
      expect(again.cseq.number).toBe(bye.cseq.number + 1)
      expect(again.headers.get(credentials)).toContain('nonce="def"')
      bob.respond(again, 200)
      await gone
    })
  }

  it('repeats a REGISTER', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using registrar = await WirePhone.open(udpOf(server))
    const auth = { username: 'alice', password: 'secret' }
    const registered = new Promise<number>((resolve) => {
      app.srf.request(
        `sip:127.0.0.1:${registrar.port}`,
        { method: 'REGISTER', headers: { Contact: '<sip:alice@localhost>', Expires: '60' }, auth },
        (_error, request) => request.on('response', (response) => resolve(response.status)),
      )
    })
    const first = await registrar.nextRequest('REGISTER')
    registrar.respond(first, 401, ['WWW-Authenticate: Digest realm="test", nonce="abc"'])
    const second = await registrar.nextRequest('REGISTER')
    expect(second.headers.get('contact')).toBe(`<sip:alice@127.0.0.1:${udpOf(server).port}>`)
    registrar.respond(second, 200)
    expect(await registered).toBe(200)
  })
})
