import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

describe('a caller who cancels', () => {
  for (const status of [undefined, 180] as const) {
    it(`[CN1] ${status ? 'after' : 'before'} a provisional response: 200, 487, and the application hears it`, async () => {
      await using server = await startTestServer()
      await using app = await connectApp(server, (srf) => {
        srf.invite((req, res) => {
          if (status) res.send(status)
          srf.emit('ringing')
          req.on('cancel', () => srf.emit('cancelled'))
        })
      })
      await using alice = await WirePhone.open(udpOf(server))
      const ringing = once(app.srf, 'ringing')
      const branch = alice.invite('cancel-1')
      await ringing
      if (status) await alice.nextResponse(status)
      const cancelled = once(app.srf, 'cancelled')
      alice.request(`CANCEL sip:bob@127.0.0.1:${udpOf(server).port}`, alice.party('cancel-1', 1, 'CANCEL'), '', branch)
      const ok = await alice.nextResponse(200, 'CANCEL')
      const terminated = await alice.nextResponse(487, 'INVITE')
      expect(ok.toTag).toBe(terminated.toTag)
      await cancelled
    })
  }

  it('makes createUAS fail with 487', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.invite(async (req, res) => {
        srf.emit('asked')
        await once(req, 'cancel')
        srf.createUAS(req, res, { localSdp: sdp }).catch((error) => srf.emit('failed', error))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const asked = once(app.srf, 'asked')
    const failed = once(app.srf, 'failed')
    const branch = alice.invite('cancel-2')
    await asked
    alice.request('CANCEL sip:bob@127.0.0.1', alice.party('cancel-2', 1, 'CANCEL'), '', branch)
    await alice.nextResponse(487)
    const [error] = await failed
    expect(String(error)).toMatch(/487|unknown transaction/)
  })

  it('[CN2] too late is hung up on', async () => {
    await using server = await startTestServer()
    const dialogs: Dialog[] = []
    await using app = await connectApp(server, (srf) => {
      srf.invite(async (req, res) => {
        dialogs.push(await srf.createUAS(req, res, { localSdp: sdp }))
        srf.emit('answered')
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const answered = once(app.srf, 'answered')
    const branch = alice.invite('cancel-3')
    await alice.nextResponse(200)
    await answered
    const destroyed = once(dialogs[0] as Dialog, 'destroy')
    alice.request('CANCEL sip:bob@127.0.0.1', alice.party('cancel-3', 1, 'CANCEL'), '', branch)
    await alice.nextResponse(481, 'CANCEL')
    const bye = await alice.nextRequest('BYE')
    alice.respond(bye, 200)
    expect((await destroyed)[1]).toBe('CANCEL after 200 OK')
  })

  it('[CN3] what nobody knows gets 481', async () => {
    await using server = await startTestServer()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('CANCEL sip:bob@127.0.0.1', alice.party('cancel-4', 1, 'CANCEL'))
    await alice.nextResponse(481)
  })
})

describe('an application that cancels', () => {
  it('[CN4] before any response: the CANCEL waits for the first provisional one', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const refused = app.srf
      .createUAC(
        `sip:bob@127.0.0.1:${bob.port}`,
        { localSdp: sdp },
        { cbRequest: (_error, request) => request.cancel(() => {}) },
      )
      .catch((error) => error)
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180)
    const cancel = await bob.nextRequest('CANCEL')
    expect(cancel.via.branch).toBe(invite.via.branch)
    expect(cancel.cseq.number).toBe(invite.cseq.number)
    bob.respond(cancel, 200)
    bob.respond(invite, 487)
    await bob.nextRequest('ACK')
    expect(await refused).toMatchObject({ status: 487 })
    expect(bob.ladder).toEqual(['< INVITE', '> 180', '< CANCEL', '> 200', '> 487', '< ACK'])
  })

  it('[CN5] while the 200 is on its way: it is acknowledged and ended', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const { promise: cancelled, resolve } = Promise.withResolvers<unknown>()
    const dialog = app.srf.createUAC(
      `sip:bob@127.0.0.1:${bob.port}`,
      { localSdp: sdp },
      { cbRequest: (_error, request) => request.cancel(resolve) },
    )
    const invite = await bob.nextRequest('INVITE')
    await cancelled
    bob.respond(invite, 200, [`Contact: ${bob.contact}`, 'Content-Type: application/sdp'], 'bob', sdp)
    await bob.nextRequest('ACK')
    const destroyed = once(await dialog, 'destroy')
    bob.respond(await bob.nextRequest('BYE'), 200)
    expect((await destroyed)[1]).toContain('cancel race')
  })

  it('[CN6] counts as successful when the far end falls silent afterwards', async () => {
    await using server = await startTestServer(fastTimers)
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const refused = app.srf
      .createUAC(
        `sip:bob@127.0.0.1:${bob.port}`,
        { localSdp: sdp },
        { cbRequest: (_error, request) => request.cancel(() => {}) },
      )
      .catch((error) => error)
    bob.respond(await bob.nextRequest('INVITE'), 180)
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    expect(await refused).toMatchObject({ status: 487 })
  })
})
