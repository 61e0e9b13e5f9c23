import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { type App, connectApp, type Dialog } from '../testing/srf-app.ts'
import { startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** Seconds are the smallest unit there is: an interval of 1 s is refreshed after 0.5 s and given up after 0.67 s. */
const quick = { minSessionS: 1 } as const

/** An application that answers with these headers and announces the dialog, and the reason of its end. */
const answering =
  (headers: Record<string, string> = {}) =>
  (srf: App) => {
    srf.invite(async (request, response) => {
      const dialog = await srf.createUAS(request, response, { localSdp: sdp, headers })
      dialog.on('destroy', (_message: unknown, reason: string) => srf.emit('ended', reason))
      srf.emit('answered', dialog)
    })
  }

async function talking(alice: WirePhone, callId: string, extra: readonly string[]) {
  alice.invite(callId, extra)
  const ok = await alice.nextResponse(200, 'INVITE')
  alice.request('ACK sip:bob@127.0.0.1', alice.party(callId, 1, 'ACK', ok.toTag))
  return ok
}

const timer = ['Supported: timer']
const update = 'Allow: INVITE, ACK, BYE, UPDATE'

/** What a phone answers to a refresh. */
const again = (alice: WirePhone, seconds = 1) => [
  `Contact: ${alice.contact}`,
  `Session-Expires: ${seconds};refresher=uac`,
]

describe('a session timer as callee', () => {
  it('[ST1] is what the application says, with the refresher that the caller asked for', async () => {
    await using server = await startTestServer()
    await using _app = await connectApp(server, answering({ 'Session-Expires': '200' }))
    await using alice = await WirePhone.open(udpOf(server))
    const wishes: readonly (readonly [readonly string[], string, boolean])[] = [
      [['Session-Expires: 1800;refresher=uas', ...timer], '200;refresher=uas', false],
      [['Session-Expires: 1800', ...timer], '200;refresher=uac', true],
      [timer, '200;refresher=uac', true],
      [[], '200;refresher=uas', false],
    ]
    for (const [i, [extra, expected, required]] of wishes.entries()) {
      const ok = await talking(alice, `st-1-${i}`, extra)
      expect([ok.headers.get('session-expires'), ok.headers.hasOption('require', 'timer')]).toEqual([
        expected,
        required,
      ])
    }
  })

  it('[ST1] is what the caller wants when it names a refresher, else what the operator chose', async () => {
    const agreed = async (server: SipServer, wish: string) => {
      await using _app = await connectApp(server, answering())
      await using alice = await WirePhone.open(udpOf(server))
      return (await talking(alice, `st-2-${wish}`, [wish, ...timer])).headers.get('session-expires')
    }
    await using declining = await startTestServer()
    expect(await agreed(declining, 'Session-Expires: 1800')).toBeUndefined()
    expect(await agreed(declining, 'x: 1800;refresher=uas')).toBe('1800;refresher=uas')
    await using willing = await startTestServer({ sessionRefresher: 'uac' })
    expect(await agreed(willing, 'Session-Expires: 1800')).toBe('1800;refresher=uac')
  })

  it('[ST2] must not be too short', async () => {
    await using server = await startTestServer()
    await using _app = await connectApp(server, answering())
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('st-3', ['Session-Expires: 60', ...timer])
    expect((await alice.nextResponse(422)).headers.get('min-se')).toBe('90')
    const ok = await talking(alice, 'st-4', ['Session-Expires: 60;refresher=uas'])
    expect(ok.headers.get('session-expires')).toBe('90;refresher=uas')
  })

  it('[ST3] [ST5] is refreshed by UPDATE, again and again, and the application sees nothing of it', async () => {
    await using server = await startTestServer(quick)
    await using app = await connectApp(server, answering())
    const answered = once(app.srf, 'answered')
    await using alice = await WirePhone.open(udpOf(server))
    await talking(alice, 'st-5', ['Session-Expires: 1;refresher=uas', ...timer, update])
    const [dialog] = (await answered) as [Dialog]
    dialog.on('modify', () => expect.fail('the application saw a refresh'))
    let last = 0
    for (let turn = 0; turn < 3; turn++) {
      const refresh = await alice.nextRequest('UPDATE')
      expect(refresh.headers.get('session-expires')).toBe('1;refresher=uac')
      expect(refresh.body.length).toBe(0)
      expect(refresh.cseq.number).toBeGreaterThan(last)
      last = refresh.cseq.number
      alice.respond(refresh, 200, again(alice))
    }
    const destroyed = dialog.destroy()
    alice.respond(await alice.nextRequest('BYE'), 200)
    await destroyed
  })

  it('[ST3] is refreshed by a re-INVITE with our description where UPDATE is not allowed', async () => {
    await using server = await startTestServer(quick)
    await using app = await connectApp(server, answering())
    await using alice = await WirePhone.open(udpOf(server))
    const ok = await talking(alice, 'st-6', ['Session-Expires: 1;refresher=uas', ...timer])
    for (let turn = 0; turn < 2; turn++) {
      const refresh = await alice.nextRequest('INVITE')
      expect(refresh.body.toString()).toBe(ok.body.toString())
      expect(refresh.toTag).toBe('alice')
      alice.respond(refresh, 200, [...again(alice), 'Content-Type: application/sdp'], '', sdp)
      const ack = await alice.nextRequest('ACK')
      expect(ack.cseq.number).toBe(refresh.cseq.number)
    }
    app.vanish()
  })

  it('[ST4] that the caller does not refresh ends the call', async () => {
    await using server = await startTestServer(quick)
    await using app = await connectApp(server, answering())
    const ended = once(app.srf, 'ended')
    await using alice = await WirePhone.open(udpOf(server))
    await talking(alice, 'st-7', ['Session-Expires: 1;refresher=uac', ...timer])
    expect((await alice.nextRequest('BYE')).headers.get('reason')).toContain('Session timer expired')
    expect((await ended)[0]).toBe('Session timer expired')
  })

  it('[ST5] that the caller refreshes goes on', async () => {
    await using server = await startTestServer(quick)
    await using app = await connectApp(server, (srf) => {
      answering()(srf)
      srf.on('answered', (dialog: Dialog) => {
        dialog.on('modify', (_request, response) => response.send(200, { body: sdp }))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const ok = await talking(alice, 'st-8', ['Session-Expires: 3;refresher=uac', ...timer])
    alice.request('UPDATE sip:bob@127.0.0.1', [
      ...alice.party('st-8', 2, 'UPDATE', ok.toTag),
      ...[`Contact: ${alice.contact}`, 'Session-Expires: 1;refresher=uac', ...timer],
    ])
    const refreshed = await alice.nextResponse(200, 'UPDATE')
    expect(refreshed.headers.get('session-expires')).toBe('1;refresher=uac')
    await alice.nextRequest('BYE')
    app.vanish()
  })

  it('[ST6] whose refresh gets 481 ends', async () => {
    await using server = await startTestServer(quick)
    await using _app = await connectApp(server, answering())
    await using alice = await WirePhone.open(udpOf(server))
    await talking(alice, 'st-9', ['Session-Expires: 1;refresher=uas', ...timer, update])
    alice.respond(await alice.nextRequest('UPDATE'), 481)
    expect((await alice.nextRequest('BYE')).headers.get('reason')).toContain('Session refresh failed')
  })
})

describe('a session timer as caller', () => {
  async function calling(server: SipServer, session: string) {
    const app = await connectApp(server)
    const bob = await WirePhone.open(udpOf(server))
    const headers = { Supported: 'timer', 'Session-Expires': '1800' }
    const dialog = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, { localSdp: sdp, headers })
    const invite = await bob.nextRequest('INVITE')
    const lines = [`Contact: ${bob.contact}`, session, update, 'Content-Type: application/sdp']
    bob.respond(invite, 200, lines, 'bob', sdp)
    await bob.nextRequest('ACK')
    return { app, bob, invite, dialog: await dialog }
  }

  it('[ST3] is refreshed by us unless the 2xx says otherwise', async () => {
    await using server = await startTestServer(quick)
    const { app, bob } = await calling(server, 'Session-Expires: 1')
    await using _bob = bob
    await using _app = app
    bob.respond(await bob.nextRequest('UPDATE'), 200, again(bob))
    await bob.nextRequest('UPDATE')
  })

  it('[ST4] that the callee does not refresh ends the call', async () => {
    await using server = await startTestServer(quick)
    const { app, bob, dialog } = await calling(server, 'Session-Expires: 1;refresher=uas')
    await using _bob = bob
    await using _app = app
    const ended = once(dialog, 'destroy')
    await bob.nextRequest('BYE')
    expect((await ended)[1]).toBe('Session timer expired')
  })

  it('[ST5] is carried on by a re-INVITE of the application', async () => {
    await using server = await startTestServer(quick)
    const { app, bob, dialog } = await calling(server, 'Session-Expires: 300;refresher=uas')
    await using _bob = bob
    await using _app = app
    const modified = dialog.modify(sdp)
    const again = await bob.nextRequest('INVITE')
    expect(again.headers.get('session-expires')).toBe('300;refresher=uas')
    bob.respond(
      again,
      200,
      [`Contact: ${bob.contact}`, 'Session-Expires: 1;refresher=uas', 'Content-Type: application/sdp'],
      'bob',
      sdp,
    )
    await modified
    await bob.nextRequest('BYE')
  })
})
