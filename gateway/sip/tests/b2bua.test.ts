import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp } from '../testing/srf-app.ts'
import { startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

const answer = (phone: WirePhone) => [`Contact: ${phone.contact}`, 'Content-Type: application/sdp']

describe('srf.createB2BUA', () => {
  it('connects two phones, and ends both when one hangs up', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await connectApp(server, (srf) => {
      srf.invite(async (request, response) => {
        const uri = `sip:bob@127.0.0.1:${bob.port}`
        const { uas, uac } = await srf.createB2BUA(request, response, uri, { localSdpB: request.body })
        uas.on('destroy', () => uac.destroy())
        uac.on('destroy', () => uas.destroy())
        srf.emit('connected')
      })
    })
    alice.invite('b2b-1')
    const invite = await bob.nextRequest('INVITE')
    expect(invite.body.toString()).toBe(sdp)
    bob.respond(invite, 180)
    await alice.nextResponse(180)
    const answered = sdp.replace('4000', '4008')
    bob.respond(invite, 200, answer(bob), 'bob', answered)
    await bob.nextRequest('ACK')
    const ok = await alice.nextResponse(200, 'INVITE')
    expect(ok.body.toString()).toBe(answered)
    alice.request('ACK sip:bob@127.0.0.1', alice.party('b2b-1', 1, 'ACK', ok.toTag))
    alice.request('BYE sip:bob@127.0.0.1', alice.party('b2b-1', 2, 'BYE', ok.toTag))
    await alice.nextResponse(200, 'BYE')
    bob.respond(await bob.nextRequest('BYE'), 200)
  })

  it('passes a refusal on', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf.createB2BUA(request, response, `sip:bob@127.0.0.1:${bob.port}`, {}).catch(() => {})
      })
    })
    alice.invite('b2b-2')
    bob.respond(await bob.nextRequest('INVITE'), 486)
    await bob.nextRequest('ACK')
    await alice.nextResponse(486)
  })

  it('cancels the called phone when the caller cancels', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    await using bob = await WirePhone.open(udpOf(server))
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf
          .createB2BUA(request, response, `sip:bob@127.0.0.1:${bob.port}`, {})
          .catch((error) => srf.emit('failed', error))
      })
    })
    const failed = once(app.srf, 'failed')
    const branch = alice.invite('b2b-3')
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180)
    await alice.nextResponse(180)
    alice.request('CANCEL sip:bob@127.0.0.1', alice.party('b2b-3', 1, 'CANCEL'), '', branch)
    await alice.nextResponse(487)
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    bob.respond(invite, 487)
    await bob.nextRequest('ACK')
    expect((await failed)[0]).toMatchObject({ status: 487 })
  })

  it('connects without an offer in the INVITE: the ACK carries the answer', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf.createB2BUA(request, response, `sip:bob@127.0.0.1:${bob.port}`, {})
      })
    })
    const contact = `Contact: ${alice.contact}`
    alice.request('INVITE sip:bob@127.0.0.1', [...alice.party('b2b-4', 1, 'INVITE'), contact])
    const invite = await bob.nextRequest('INVITE')
    expect(invite.body.length).toBe(0)
    bob.respond(invite, 200, answer(bob), 'bob', sdp)
    const ok = await alice.nextResponse(200, 'INVITE')
    expect(ok.body.toString()).toBe(sdp)
    const answered = sdp.replace('4000', '4010')
    const ack = [...alice.party('b2b-4', 1, 'ACK', ok.toTag), 'Content-Type: application/sdp']
    alice.request('ACK sip:bob@127.0.0.1', ack, answered)
    expect((await bob.nextRequest('ACK')).body.toString()).toBe(answered)
  })
})
