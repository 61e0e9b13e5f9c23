import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { type App, connectApp, type Dialog, type Message } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** Alice calls and is answered; she and the application can talk then. */
async function established(
  server: SipServer,
  alice: WirePhone,
  srf: App,
): Promise<{ dialog: Dialog; tag: string; uri: string }> {
  const { promise, resolve } = Promise.withResolvers<Dialog>()
  srf.invite((request, response) => {
    srf.createUAS(request, response, { localSdp: sdp }).then(resolve)
  })
  // The route has been registered when a later command has been answered.
  await new Promise((done) => srf.request('sip:127.0.0.1;transport=none', { method: 'OPTIONS' }, done))
  const uri = `sip:127.0.0.1:${udpOf(server).port}`
  alice.invite('dialog-1')
  const ok = await alice.nextResponse(200)
  alice.request(`ACK ${uri}`, alice.party('dialog-1', 1, 'ACK', ok.toTag))
  return { dialog: await promise, tag: ok.toTag, uri }
}

describe('within a dialog', () => {
  it('the caller changes the session, and the ACK reaches the application', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { dialog, tag, uri } = await established(server, alice, app.srf)
    const changed = sdp.replace('4000', '4002')
    dialog.on('modify', (request, response) => {
      expect(request.body).toBe(changed)
      response.send(200, { body: sdp })
    })
    const contact = [`Contact: ${alice.contact}`, 'Content-Type: application/sdp']
    alice.request(`INVITE ${uri}`, [...alice.party('dialog-1', 2, 'INVITE', tag), ...contact], changed)
    await alice.nextResponse(100)
    const ok = await alice.nextResponse(200, 'INVITE')
    expect(ok.headers.get('contact')).toContain('<sip:127.0.0.1')
    const acked = once(dialog, 'ack')
    alice.request(`ACK ${uri}`, alice.party('dialog-1', 2, 'ACK', tag))
    await acked
  })

  it('the application changes the session', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { dialog } = await established(server, alice, app.srf)
    const modified = dialog.modify(sdp.replace('4000', '4004'))
    const invite = await alice.nextRequest('INVITE')
    expect(invite.toTag).toBe('alice')
    expect(invite.body.toString()).toContain('4004')
    const answer = sdp.replace('4000', '4006')
    alice.respond(invite, 200, [`Contact: ${alice.contact}`, 'Content-Type: application/sdp'], '', answer)
    await alice.nextRequest('ACK')
    expect(await modified).toBe(answer)
  })

  it('[DG5] both change the session at once: the far end gets 491', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { dialog, tag, uri } = await established(server, alice, app.srf)
    const refused = dialog.modify(sdp.replace('4000', '4004')).catch((error) => error)
    const invite = await alice.nextRequest('INVITE')
    alice.request(
      `INVITE ${uri}`,
      [...alice.party('dialog-1', 2, 'INVITE', tag), `Contact: ${alice.contact}`, 'Content-Type: application/sdp'],
      sdp,
    )
    await alice.nextResponse(491)
    alice.respond(invite, 491)
    await alice.nextRequest('ACK')
    expect(await refused).toMatchObject({ status: 491 })
  })

  for (const method of ['INFO', 'UPDATE', 'MESSAGE', 'OPTIONS', 'NOTIFY', 'REFER']) {
    it(`${method} comes and goes`, async () => {
      await using server = await startTestServer()
      await using app = await connectApp(server)
      await using alice = await WirePhone.open(udpOf(server))
      const { dialog, tag, uri } = await established(server, alice, app.srf)
      const heard = new Promise<Message>((resolve) => {
        dialog.on(method.toLowerCase(), (request, response) => {
          response.send(200)
          resolve(request)
        })
      })
      const body = 'Signal=5\r\nDuration=160 é漢\r\n'
      alice.request(`${method} ${uri}`, [...alice.party('dialog-1', 2, method, tag), 'Content-Type: text/plain'], body)
      await alice.nextResponse(200, method)
      expect((await heard).body).toBe(body)

      const asked = dialog.request({ method, body, headers: { 'Content-Type': 'text/plain' } })
      const request = await alice.nextRequest(method)
      expect(request.body.toString()).toBe(body)
      alice.respond(request, 202)
      expect(await asked).toMatchObject({ status: 202 })
    })
  }

  it('[DG4] a request with an older CSeq gets 500', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { tag, uri } = await established(server, alice, app.srf)
    alice.request(`INFO ${uri}`, alice.party('dialog-1', 7, 'INFO', tag))
    await alice.nextResponse(200, 'INFO')
    alice.request(`INFO ${uri}`, alice.party('dialog-1', 6, 'INFO', tag))
    await alice.nextResponse(500, 'INFO')
  })

  it('[DG6] the new Contact of a re-INVITE is where requests go', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    await using elsewhere = await WirePhone.open(udpOf(server))
    const { dialog, tag, uri } = await established(server, alice, app.srf)
    const headers = [`Contact: ${elsewhere.contact}`, 'Content-Type: application/sdp']
    elsewhere.request(`INVITE ${uri}`, [...elsewhere.party('dialog-1', 2, 'INVITE', tag), ...headers], sdp)
    await elsewhere.nextResponse(200, 'INVITE')
    elsewhere.request(`ACK ${uri}`, elsewhere.party('dialog-1', 2, 'ACK', tag))
    const gone = dialog.destroy()
    elsewhere.respond(await elsewhere.nextRequest('BYE'), 200)
    await gone
  })

  it('[DG8] a phone behind NAT is sent to where it called from, not to its Contact', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf.createUAS(request, response, { localSdp: sdp }).then((dialog) => srf.emit('answered', dialog))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const answered = once(app.srf, 'answered')
    alice.request(
      'INVITE sip:bob@127.0.0.1',
      [...alice.party('nat-1', 1, 'INVITE'), 'Contact: <sip:alice@10.1.2.3:5060>', 'Content-Type: application/sdp'],
      sdp,
    )
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:127.0.0.1', alice.party('nat-1', 1, 'ACK', ok.toTag))
    const [dialog] = (await answered) as [Dialog]
    const gone = dialog.destroy()
    const bye = await alice.nextRequest('BYE')
    expect(bye.uri).toBe('sip:alice@10.1.2.3:5060')
    alice.respond(bye, 200)
    await gone
  })

  it('[DG3] a BYE of the application waits for the ACK of the caller', async () => {
    await using server = await startTestServer(fastTimers)
    await using app = await connectApp(server, (srf) => {
      srf.invite(async (request, response) => {
        response.send(200, { body: sdp }, () => {
          srf.emit('sent', request)
        })
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const sent = once(app.srf, 'sent')
    alice.invite('early-bye')
    const ok = await alice.nextResponse(200)
    await sent
    app.srf.request('sip:127.0.0.1', { method: 'BYE', headers: { 'Call-ID': 'early-bye' } }, () => {})
    await alice.nextResponse(200)
    expect(alice.ladder).not.toContain('< BYE')
    alice.request('ACK sip:127.0.0.1', alice.party('early-bye', 1, 'ACK', ok.toTag))
    alice.respond(await alice.nextRequest('BYE'), 200)
  })

  it('a request for a dialog that has ended is refused with words that srf knows', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { dialog, tag, uri } = await established(server, alice, app.srf)
    const destroyed = once(dialog, 'destroy')
    alice.request(`BYE ${uri}`, alice.party('dialog-1', 2, 'BYE', tag))
    await destroyed
    const error = await dialog.request({ method: 'INFO' }).catch((reason) => reason)
    expect(error).toMatchObject({ code: 'ENODIALOG' })
  })
})

describe('routes and races', () => {
  it('[DG7] a strict router gets the Request-URI to itself, the remote target comes last', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const calling = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    const routes = ['Record-Route: <sip:far.example;lr>', `Record-Route: <sip:127.0.0.1:${bob.port}>`]
    const answer = ['Contact: <sip:bob@192.0.2.9>', 'Content-Type: application/sdp']
    bob.respond(invite, 200, [...routes, ...answer], 'bob', sdp)
    const ack = await bob.nextRequest('ACK')
    expect(ack.uri).toBe(`sip:127.0.0.1:${bob.port}`)
    expect(ack.headers.list('route')).toEqual(['<sip:far.example;lr>', '<sip:bob@192.0.2.9>'])
    await calling
  })

  it('[DG5] a second re-INVITE of the far end while the first is unanswered gets 500', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using alice = await WirePhone.open(udpOf(server))
    const { dialog, tag, uri } = await established(server, alice, app.srf)
    dialog.on('modify', () => {})
    const contact = [`Contact: ${alice.contact}`, 'Content-Type: application/sdp']
    for (const seq of [2, 3]) {
      const changed = sdp.replace('4000', String(4000 + seq))
      alice.request(`INVITE ${uri}`, [...alice.party('dialog-1', seq, 'INVITE', tag), ...contact], changed)
    }
    expect((await alice.nextResponse(500)).headers.has('retry-after')).toBe(true)
  })
})
