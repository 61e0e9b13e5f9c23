import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { startTestServer, udpOf } from '../testing/test-server.ts'
import { WirePhone } from '../testing/wire-phone.ts'

describe('subscriptions (RFC 6665)', () => {
  it('of a phone: the application notifies it, and the last NOTIFY ends the dialog', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server, (srf) => {
      srf.subscribe((request, response) => {
        srf
          .createUAS(request, response, { headers: { Expires: '60' } })
          .then((dialog) => srf.emit('subscribed', dialog))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    const subscribed = once(app.srf, 'subscribed')
    const headers = ['Event: presence', 'Expires: 60', `Contact: ${alice.contact}`]
    alice.request('SUBSCRIBE sip:bob@127.0.0.1', [...alice.party('sub-1', 1, 'SUBSCRIBE'), ...headers])
    const ok = await Promise.any([alice.nextResponse(200), alice.nextResponse(202)])
    expect(ok.headers.has('contact')).toBe(true)
    const [dialog] = (await subscribed) as [Dialog]
    const notified = dialog.request({
      method: 'NOTIFY',
      headers: { 'Subscription-State': 'active', Event: 'presence' },
    })
    const notify = await alice.nextRequest('NOTIFY')
    expect(notify.fromTag).toBe(ok.toTag)
    alice.respond(notify, 200)
    expect(await notified).toMatchObject({ status: 200 })
    dialog.destroy().catch(() => {})
    const last = await alice.nextRequest('NOTIFY')
    expect(last.headers.get('subscription-state')).toBe('terminated')
    alice.respond(last, 200)
    alice.request('SUBSCRIBE sip:bob@127.0.0.1', [...alice.party('sub-1', 2, 'SUBSCRIBE', ok.toTag), ...headers])
    await alice.nextResponse(481)
  })

  it('of the application: NOTIFYs reach it, even before the 200', async () => {
    await using server = await startTestServer()
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const subscribing = app.srf.createUAC(`sip:bob@127.0.0.1:${bob.port}`, {
      method: 'SUBSCRIBE',
      headers: { Event: 'dialog', Expires: '60' },
    })
    const subscribe = await bob.nextRequest('SUBSCRIBE')
    expect(subscribe.headers.has('contact')).toBe(true)
    const notify = (seq: number, state: string) => [
      `From: ${subscribe.headers.get('to')};tag=bob`,
      `To: ${subscribe.headers.get('from')}`,
      `Call-ID: ${subscribe.callId}`,
      `CSeq: ${seq} NOTIFY`,
      'Event: dialog',
      `Subscription-State: ${state}`,
      `Contact: ${bob.contact}`,
    ]
    const uri = `sip:127.0.0.1:${udpOf(server).port}`
    bob.request(`NOTIFY ${uri}`, notify(1, 'pending'))
    bob.respond(subscribe, 200, [`Contact: ${bob.contact}`, 'Expires: 60'], 'bob')
    const dialog = await subscribing
    const heard = once(dialog, 'notify')
    bob.request(`NOTIFY ${uri}`, notify(2, 'active'))
    const [request, response] = await heard
    expect(request.get('Subscription-State')).toBe('active')
    response.send(200)
    await bob.nextResponse(200, 'NOTIFY')
    dialog.on('notify', (_last, answer) => answer.send(200))
    bob.request(`NOTIFY ${uri}`, notify(3, 'terminated;reason=timeout'))
    await bob.nextResponse(200, 'NOTIFY')
    bob.request(`NOTIFY ${uri}`, notify(4, 'active'))
    await bob.nextResponse(481, 'NOTIFY')
  })
})
