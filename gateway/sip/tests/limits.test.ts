import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import { connectApp } from '../testing/srf-app.ts'
import { streamRequest } from '../testing/stream-request.ts'
import { secret, startTestServer, tcpOf, udpOf } from '../testing/test-server.ts'
import { WirePhone } from '../testing/wire-phone.ts'
import { WireStream } from '../testing/wire-stream.ts'

const limited = (settings = {}) => startTestServer({ trusted: [], metricsPort: 0, ...settings })
const ops = (server: SipServer, path: string, method = 'GET') =>
  fetch(`http://127.0.0.1:${server.ops?.port}${path}`, { method, headers: { Authorization: `Bearer ${secret}` } })
const register = (alice: WirePhone, callId: string, extra: readonly string[]) =>
  alice.request('REGISTER sip:127.0.0.1', [...alice.party(callId, 1, 'REGISTER'), ...extra])

describe('a server on the open internet', () => {
  it('[LM1] answers only so many requests of one source', async () => {
    await using server = await limited({ sourceRequestsPerSecond: 1, sourceRequestsBurst: 3, refuseWith: '603' })
    await using alice = await WirePhone.open(udpOf(server))
    for (let i = 0; i < 4; i++) alice.request('OPTIONS sip:x@y', alice.party(`rate-${i}`, 1, 'OPTIONS'))
    for (let i = 0; i < 3; i++) await alice.nextResponse(503)
    await alice.nextResponse(603)
  })

  it('[LM2] bans who guesses passwords, tells operators, and takes it back when they say so', async () => {
    await using server = await limited({ sourceFailuresBurst: 2, sourceFailuresPerMinute: 1 })
    await using _app = await connectApp(server, (srf) => {
      srf.register((_request, response) =>
        response.send(401, { headers: { 'WWW-Authenticate': 'Digest realm="x", nonce="1"' } }),
      )
    })
    await using alice = await WirePhone.open(udpOf(server))
    await using stream = await WireStream.connect(tcpOf(server))
    register(alice, 'ask', [])
    await alice.nextResponse(401)
    for (let i = 0; i < 3; i++) {
      register(alice, `guess-${i}`, ['Authorization: Digest username="x", response="y"'])
      await alice.nextResponse(401)
    }
    await stream.closed
    const bans = (await (await ops(server, '/bans')).json()) as { source: string; reason: string }[]
    expect(bans).toMatchObject([{ source: '127.0.0.1', reason: 'failures' }])
    await using refused = await WireStream.connect(tcpOf(server))
    await refused.closed

    expect((await ops(server, '/bans/192.0.2.1', 'DELETE')).status).toBe(404)
    expect((await ops(server, '/bans/127.0.0.1', 'DELETE')).status).toBe(200)
    register(alice, 'after', [])
    await alice.nextResponse(401)
    expect(await (await ops(server, '/metrics')).text()).toContain('ringdown_sip_bans_total{reason="failures"} 1')
  })

  it('[LM2] a nonce that was only too old is no guess', async () => {
    await using server = await limited({ sourceFailuresBurst: 1, sourceFailuresPerMinute: 1 })
    await using _app = await connectApp(server, (srf) => {
      srf.register((_request, response) =>
        response.send(401, { headers: { 'WWW-Authenticate': 'Digest realm="x", nonce="1", stale=true' } }),
      )
    })
    await using alice = await WirePhone.open(udpOf(server))
    for (let i = 0; i < 4; i++) {
      register(alice, `stale-${i}`, ['Authorization: Digest username="x", response="y"'])
      await alice.nextResponse(401)
    }
  })

  it('[LM3] says nothing to scanners, whatever they send next', async () => {
    await using server = await limited()
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:100@127.0.0.1', [...alice.party('scan', 1, 'OPTIONS'), 'User-Agent: friendly-scanner'])
    alice.request('OPTIONS sip:x@y', alice.party('next', 1, 'OPTIONS'))
    const banned = async (): Promise<boolean> =>
      (await (await ops(server, '/metrics')).text()).includes('ringdown_sip_refused_total{reason="banned"} 1')
    while (!(await banned()));
    expect(alice.ladder).toEqual(['> OPTIONS', '> OPTIONS'])
  })

  it('[LM3] or declines, when that is the setting', async () => {
    await using server = await limited({ refuseWith: '603' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:100@127.0.0.1', [...alice.party('scan', 1, 'OPTIONS'), 'User-Agent: friendly-scanner'])
    await alice.nextResponse(603)
    alice.request('OPTIONS sip:x@y', alice.party('next', 1, 'OPTIONS'))
    await alice.nextResponse(603)
  })

  it('[LM4] leaves trusted networks alone', async () => {
    await using server = await startTestServer({ sourceRequestsPerSecond: 1, sourceRequestsBurst: 1 })
    await using carol = await WireStream.connect(tcpOf(server))
    for (let i = 0; i < 5; i++) carol.write(streamRequest('TCP', 'OPTIONS', `trusted-${i}`, 1, ['User-Agent: sipcli']))
    for (let i = 0; i < 5; i++) await carol.next('503')
  })

  it('[LM7] ends the bans of operators who want none', async () => {
    await using server = await limited({ banMs: 0 })
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('OPTIONS sip:100@127.0.0.1', [...alice.party('scan', 1, 'OPTIONS'), 'User-Agent: friendly-scanner'])
    alice.request('OPTIONS sip:x@y', alice.party('next', 1, 'OPTIONS'))
    await alice.nextResponse(503)
  })
})

describe('a server with too much to do', () => {
  it('[OL3] refuses new calls and says when to come back, but serves dialogs and other requests', async () => {
    const overload = { overloadUtilization: 1e-9, overloadMinCalls: 0, overloadWindowMs: 5 }
    await using server = await startTestServer({ ...overload, metricsPort: 0 })
    await using _app = await connectApp(server, (srf) => {
      srf.invite((request, response) => {
        srf.createUAS(request, response, { localSdp: 'v=0\r\n' }).catch(() => {})
      })
      srf.options((_request, response) => response.send(200))
    })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('early')
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:x@y', alice.party('early', 1, 'ACK', ok.toTag))
    const share = async () =>
      Number(/accepted_share (\S+)/.exec(await (await ops(server, '/metrics')).text())?.[1] ?? Number.NaN)
    while ((await share()) > 0.2);
    for (let i = 0; i < 10; i++) alice.invite(`late-${i}`)
    const refusal = await alice.nextResponse(503)
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0)
    alice.request('OPTIONS sip:x@y', alice.party('options', 1, 'OPTIONS'))
    await alice.nextResponse(200, 'OPTIONS')
    alice.request('BYE sip:x@y', alice.party('early', 2, 'BYE', ok.toTag))
    await alice.nextResponse(200, 'BYE')
  })
})

describe('a server that is about to stop', () => {
  it('[OL4] refuses new calls, lets the others end, and says so', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    await using app = await connectApp(server, (srf) => {
      srf.invite((request, response) => srf.emit('invited', request, response))
    })
    await using alice = await WirePhone.open(udpOf(server))
    const invited = once(app.srf, 'invited')
    alice.invite('first')
    const [request, response] = await invited
    expect((await ops(server, '/drain', 'POST')).status).toBe(202)
    expect((await ops(server, '/readyz')).status).toBe(503)
    let drained = false
    const done = server.drain(10_000).then(() => {
      drained = true
    })
    alice.invite('second')
    const refusal = await alice.nextResponse(503)
    expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0)
    const answered = app.srf.createUAS(request, response, { localSdp: 'v=0\r\n' })
    const ok = await alice.nextResponse(200)
    alice.request('ACK sip:x@y', alice.party('first', 1, 'ACK', ok.toTag))
    const dialog = await answered
    expect(drained).toBe(false)
    alice.request('BYE sip:x@y', alice.party('first', 2, 'BYE', ok.toTag))
    await once(dialog, 'destroy')
    await done
  })
})
