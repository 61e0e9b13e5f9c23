import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { connectApp, type Dialog } from '../testing/srf-app.ts'
import { startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

const figures = async (server: SipServer) => {
  const text = await (await fetch(`http://127.0.0.1:${server.ops?.port}/metrics`)).text()
  return (name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`ringdown_sip_${name} `))
        ?.split(' ')[1],
    )
}

describe('the figures of RFC 6076', () => {
  it('[FG1] of calls that came in', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    const statuses = [486, 503, 404, 302, 407]
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        const status = statuses.shift()
        if (status !== undefined) return response.send(status)
        srf.createUAS(request, response, { localSdp: sdp }).then((dialog) => srf.emit('answered', dialog))
      })
    })
    await using alice = await WirePhone.open(udpOf(server))
    for (const status of [...statuses]) {
      alice.invite(`figure-${status}`)
      await alice.nextResponse(status)
    }
    const answered = once(app.srf, 'answered')
    alice.invite('figure-200')
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:x@y', alice.party('figure-200', 1, 'ACK', ok.toTag))
    const [dialog] = (await answered) as [Dialog]
    const destroyed = once(dialog, 'destroy')
    alice.request('BYE sip:x@y', alice.party('figure-200', 2, 'BYE', ok.toTag))
    await Promise.all([alice.nextResponse(200), destroyed])
    const of = await figures(server)
    expect([of('ser_ratio{direction="in"}'), of('seer_ratio{direction="in"}')]).toEqual([1 / 4, 2 / 4])
    expect([of('isa_ratio{direction="in"}'), of('scr_ratio{direction="in"}')]).toEqual([1 / 5, 1 / 5])
    expect(of('srd_seconds_count{direction="in",outcome="successful"}')).toBe(1)
    expect(of('srd_seconds_count{direction="in",outcome="failed"}')).toBe(4)
    expect([of('sdd_seconds_count{direction="in"}'), of('sdt_seconds_count{direction="in"}')]).toEqual([1, 1])
  })

  it('[FG1] of calls and registrations that went out', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    await using app = await connectApp(server)
    await using bob = await WirePhone.open(udpOf(server))
    const uri = `sip:bob@127.0.0.1:${bob.port}`
    const calling = app.srf.createUAC(uri, { localSdp: sdp })
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 180)
    bob.respond(invite, 200, [`Contact: ${bob.contact}`, 'Content-Type: application/sdp'], 'bob', sdp)
    await bob.nextRequest('ACK')
    const ended = (await calling).destroy()
    bob.respond(await bob.nextRequest('BYE'), 200)
    await ended
    const refused = app.srf.createUAC(uri, { localSdp: sdp }).catch(() => {})
    bob.respond(await bob.nextRequest('INVITE'), 603)
    await refused
    for (const status of [200, 403]) {
      app.srf.request(uri, { method: 'REGISTER' }, (_error, request) =>
        request.on('response', () => app.srf.emit('done')),
      )
      const register = await bob.nextRequest('REGISTER')
      const done = once(app.srf, 'done')
      bob.respond(register, status)
      await done
    }
    const of = await figures(server)
    expect([of('ser_ratio{direction="out"}'), of('seer_ratio{direction="out"}')]).toEqual([1 / 2, 1])
    expect([of('sdd_seconds_count{direction="out"}'), of('sdt_seconds_count{direction="out"}')]).toEqual([1, 1])
    expect([of('ira_ratio{direction="out"}'), of('rrd_seconds_count{direction="out"}')]).toEqual([1 / 2, 1])
  })

  it('[FG2] and of connections', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    const of = await figures(server)
    const tcp = server.listeners.find(({ protocol }) => protocol === 'tcp')
    expect(of(`connections{transport="tcp",local="127.0.0.1:${tcp?.port}"}`)).toBe(0)
  })
})
