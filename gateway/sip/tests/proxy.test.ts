import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import type { SipServer } from '../src/index.ts'
import type { SipRequest } from '../src/message/message.ts'
import { type ConnectedApp, connectApp, type ProxyRequestOptions, type ProxyResults } from '../testing/srf-app.ts'
import { fastTimers, startTestServer, udpOf } from '../testing/test-server.ts'
import { WirePhone } from '../testing/wire-phone.ts'

const uriOf = (phone: WirePhone) => `sip:bob@127.0.0.1:${phone.port}`

/** An application that proxies every request, and what came of the first. */
async function proxyTo(
  server: SipServer,
  destinations: string | readonly string[],
  options: ProxyRequestOptions = {},
): Promise<ConnectedApp & { readonly results: Promise<ProxyResults> }> {
  const { promise: results, resolve } = Promise.withResolvers<ProxyResults>()
  const app = await connectApp(server, (srf) => {
    const proxy = (request: Parameters<typeof srf.proxyRequest>[0]) => {
      const given = typeof destinations === 'string' ? destinations : [...destinations]
      srf.proxyRequest(request, given, { ...options }).then(resolve, (error) => srf.emit('refused', error))
    }
    srf.invite(proxy)
    srf.register(proxy)
    srf.message(proxy)
  })
  return Object.assign(app, { results })
}

const statuses = ({ responses }: ProxyResults) => responses.flatMap(({ msgs }) => msgs.map(({ status }) => status))
const contact = (phone: WirePhone) => [`Contact: ${phone.contact}`]
/** Route headers of a caller who got this response. */
const routeBack = (response: { headers: { list(key: string): string[] } }) =>
  response.headers
    .list('record-route')
    .reverse()
    .map((value) => `Route: ${value}`)

describe('a proxied INVITE', () => {
  it('[PX2] [PX3] [PX4] goes to its destination, and the answer comes back', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, uriOf(bob), { headers: { 'X-Added': 'yes' } })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-1', ['X-Kept: as it is'])
    const invite = await bob.nextRequest('INVITE')
    expect(invite.uri).toBe(uriOf(bob))
    expect(invite.headers.get('max-forwards')).toBe('69')
    expect(invite.headers.list('via')).toHaveLength(2)
    expect(invite.headers.list('via')[1]).toContain(
      `received=127.0.0.1;rport=${alice.port}`.replace('received=127.0.0.1;', ''),
    )
    expect([invite.headers.get('x-kept'), invite.headers.get('x-added')]).toEqual(['as it is', 'yes'])
    expect(invite.headers.has('record-route')).toBe(false)
    bob.respond(invite, 180)
    bob.respond(invite, 200, contact(bob), 'bob')
    const ringing = await alice.nextResponse(180)
    expect(ringing.headers.list('via')).toHaveLength(1)
    const ok = await alice.nextResponse(200)
    expect([ok.toTag, ok.headers.list('via').length]).toEqual(['bob', 1])
    expect(alice.ladder).toEqual(['> INVITE', '< 100', '< 180', '< 200'])
    const results = await app.results
    expect([results.connected, statuses(results)]).toEqual([true, [200]])
  })

  it('[PX2] keeps a Request-URI that is for somebody else', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.request('INVITE sip:bob@elsewhere.example', [...alice.party('px-2', 1, 'INVITE'), ...contact(alice)])
    expect((await bob.nextRequest('INVITE')).uri).toBe('sip:bob@elsewhere.example')
  })

  it('[PX1] tries one destination after the other', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, [uriOf(bob), uriOf(carol)])
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-3')
    bob.respond(await bob.nextRequest('INVITE'), 486)
    await bob.nextRequest('ACK')
    carol.respond(await carol.nextRequest('INVITE'), 200, contact(carol))
    await alice.nextResponse(200)
    expect(statuses(await app.results)).toEqual([486, 200])
  })

  it('[PX1] [PX6] rings all at once, and cancels the rest when one answers', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { forking: 'simultaneous' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-4')
    const [toBob, toCarol] = [await bob.nextRequest('INVITE'), await carol.nextRequest('INVITE')]
    expect(toBob.via.branch).not.toBe(toCarol.via.branch)
    bob.respond(toBob, 180)
    carol.respond(toCarol, 180)
    await alice.nextResponse(180)
    await alice.nextResponse(180)
    carol.respond(toCarol, 200, contact(carol))
    await alice.nextResponse(200)
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    bob.respond(toBob, 487)
    await bob.nextRequest('ACK')
    expect(alice.ladder.at(-1)).toBe('< 200')
  })

  it('[PX4] passes on every 2xx, late ones and repetitions too', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { forking: 'simultaneous' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-5')
    const [toBob, toCarol] = [await bob.nextRequest('INVITE'), await carol.nextRequest('INVITE')]
    bob.respond(toBob, 200, contact(bob), 'bob')
    carol.respond(toCarol, 200, contact(carol), 'carol')
    bob.respond(toBob, 200, contact(bob), 'bob')
    const tags = []
    for (let i = 0; i < 3; i++) tags.push((await alice.nextResponse(200)).toTag)
    expect(tags.toSorted()).toEqual(['bob', 'bob', 'carol'])
  })

  it('[PX5] answers with the best of the failures', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { forking: 'simultaneous' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-6')
    bob.respond(await bob.nextRequest('INVITE'), 500)
    carol.respond(await carol.nextRequest('INVITE'), 404)
    await alice.nextResponse(404)
    expect(statuses(await app.results).toSorted()).toEqual([404, 500])
  })

  it('[PX5] turns a 503 into a 500', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-7')
    bob.respond(await bob.nextRequest('INVITE'), 503)
    await alice.nextResponse(500)
  })

  it('[PX6] a 6xx ends the search when the other branches have ended', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { forking: 'simultaneous' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-8')
    const [toBob, toCarol] = [await bob.nextRequest('INVITE'), await carol.nextRequest('INVITE')]
    bob.respond(toBob, 180)
    await alice.nextResponse(180)
    carol.respond(toCarol, 603)
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    bob.respond(toBob, 487)
    await alice.nextResponse(603)
  })

  it('[PX7] is cancelled with all its branches', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)])
    await using alice = await WirePhone.open(udpOf(server))
    const branch = alice.invite('px-9')
    const toBob = await bob.nextRequest('INVITE')
    bob.respond(toBob, 180)
    await alice.nextResponse(180)
    alice.request(`CANCEL sip:bob@127.0.0.1:${udpOf(server).port}`, alice.party('px-9', 1, 'CANCEL'), '', branch)
    await alice.nextResponse(200, 'CANCEL')
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    bob.respond(toBob, 487)
    await alice.nextResponse(487, 'INVITE')
    expect(carol.ladder).toEqual([])
  })

  it('[PX8] follows a redirection, the likelier Contact first, and passes it on when not asked to', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, uriOf(bob), { followRedirects: true })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-10')
    const moved = [`Contact: <${uriOf(bob)}>;q=0.9, <sip:carol@127.0.0.1:${carol.port}>;q=0.5`]
    bob.respond(await bob.nextRequest('INVITE'), 302, moved)
    const toCarol = await carol.nextRequest('INVITE')
    expect(toCarol.uri).toBe(`sip:carol@127.0.0.1:${carol.port}`)
    carol.respond(toCarol, 302, moved)
    expect((await alice.nextResponse(302)).headers.list('contact')).toHaveLength(2)
    expect(statuses(await app.results)).toEqual([302, 302])
  })

  it('[PX9] gives up a destination that stays silent, and cancels it when it speaks after all', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { provisionalTimeout: '50ms' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-11')
    const toBob = await bob.nextRequest('INVITE')
    const toCarol = await carol.nextRequest('INVITE')
    bob.respond(toBob, 180)
    await bob.nextRequest('CANCEL')
    carol.respond(toCarol, 200, contact(carol))
    await alice.nextResponse(200)
    expect(alice.ladder).not.toContain('< 180')
  })

  it('[PX9] gives up a destination that only rings', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob), { finalTimeout: '80ms' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-12')
    const toBob = await bob.nextRequest('INVITE')
    bob.respond(toBob, 180)
    bob.respond(await bob.nextRequest('CANCEL'), 200)
    await alice.nextResponse(408)
  })

  it('[PX9] gives up by timer C what rings for ever', async () => {
    await using server = await startTestServer({ timerCMs: 80 })
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-13')
    bob.respond(await bob.nextRequest('INVITE'), 180)
    await bob.nextRequest('CANCEL')
    await alice.nextResponse(408)
  })

  it('[PX10] passes on the challenges of all, and sends the credentials to the one that asked', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using carol = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, [uriOf(bob), uriOf(carol)], { forking: 'simultaneous' })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-14')
    bob.respond(await bob.nextRequest('INVITE'), 401, ['WWW-Authenticate: Digest realm="b", nonce="nonce-b"'])
    carol.respond(await carol.nextRequest('INVITE'), 407, ['Proxy-Authenticate: Digest realm="c", nonce="nonce-c"'])
    const asked = await alice.nextResponse(401)
    expect([asked.headers.count('www-authenticate'), asked.headers.count('proxy-authenticate')]).toEqual([1, 1])
    alice.request(`INVITE sip:bob@127.0.0.1:${udpOf(server).port}`, [
      ...alice.party('px-14', 2, 'INVITE'),
      ...contact(alice),
      'Proxy-Authorization: Digest realm="c", nonce="nonce-c"',
    ])
    carol.respond(await carol.nextRequest('INVITE'), 200, contact(carol))
    await alice.nextResponse(200)
    expect(bob.ladder.filter((line) => line === '< INVITE')).toHaveLength(1)
  })

  it('[PX12] that can go nowhere costs the caller a 500, and the application hears why', async () => {
    await using server = await startTestServer()
    await using app = await proxyTo(server, 'sip:bob@127.0.0.1:9;transport=tls')
    const refused = once(app.srf, 'refused')
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-15')
    await alice.nextResponse(500)
    expect(await refused).toEqual(['error proxying request to '])
  })

  it('[PX3] with no hops left gets 483, with a Proxy-Require 420', async () => {
    await using server = await startTestServer()
    await using app = await proxyTo(server, 'sip:bob@127.0.0.1:9')
    await using alice = await WirePhone.open(udpOf(server))
    const refused: unknown[] = []
    app.srf.on('refused', (why) => refused.push(why))
    const to = `MESSAGE sip:bob@127.0.0.1:${udpOf(server).port}`
    alice.raw(
      [
        `${to} SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${alice.port};branch=z9hG4bKhops`,
        'Max-Forwards: 0',
        ...alice.party('px-16', 1, 'MESSAGE'),
        'Content-Length: 0',
        '',
        '',
      ].join('\r\n'),
    )
    await alice.nextResponse(483)
    alice.request(to, [...alice.party('px-17', 1, 'MESSAGE'), 'Proxy-Require: unheard-of'])
    expect((await alice.nextResponse(420)).headers.get('unsupported')).toBe('unheard-of')
    await expect
      .poll(() => refused)
      .toEqual([
        'Rejected with 483 Too Many Hops due to Max-Forwards value of 0',
        'Rejected with 420 Bad Extension due to Proxy-Require of unheard-of',
      ])
  })

  it('[PX13] outlives the application', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('px-18')
    const invite = await bob.nextRequest('INVITE')
    app.vanish()
    bob.respond(invite, 200, contact(bob))
    await alice.nextResponse(200)
  })
})

describe('another proxied request', () => {
  it('[PX4] gets its answer', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.request(`MESSAGE sip:bob@127.0.0.1:${udpOf(server).port}`, alice.party('px-20', 1, 'MESSAGE'), 'hello')
    const message = await bob.nextRequest('MESSAGE')
    expect(message.body.toString()).toBe('hello')
    bob.respond(message, 202)
    await alice.nextResponse(202)
  })

  it('[PX11] is forgotten when nobody answers it', async () => {
    await using server = await startTestServer({ ...fastTimers, t1Ms: 5 })
    await using bob = await WirePhone.open(udpOf(server))
    await using app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.request(`MESSAGE sip:bob@127.0.0.1:${udpOf(server).port}`, alice.party('px-21', 1, 'MESSAGE'))
    await bob.nextRequest('MESSAGE')
    expect((await app.results).finalStatus).toBe(408)
    expect(alice.ladder).toEqual(['> MESSAGE'])
  })

  it('[RR5] REGISTER gets a Path, which leads to the Contact and nowhere else', async () => {
    await using server = await startTestServer()
    await using registrar = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(registrar), { remainInDialog: true })
    await using alice = await WirePhone.open(udpOf(server))
    const home = `sip:127.0.0.1:${udpOf(server).port}`
    alice.request(`REGISTER ${home}`, [...alice.party('px-22', 1, 'REGISTER'), ...contact(alice)])
    const register = await registrar.nextRequest('REGISTER')
    expect([register.headers.get('require'), register.headers.has('record-route')]).toEqual(['path', false])
    registrar.respond(register, 200)
    await alice.nextResponse(200)
    const path = `Route: ${register.headers.get('path')}`
    registrar.request(`OPTIONS sip:phone@127.0.0.1:${alice.port}`, [...registrar.party('px-23', 1, 'OPTIONS'), path])
    alice.respond(await alice.nextRequest('OPTIONS'), 200)
    await registrar.nextResponse(200)
    registrar.request(`OPTIONS ${uriOf(registrar)}`, [...registrar.party('px-24', 1, 'OPTIONS'), path])
    await registrar.nextResponse(503)
  })
})

describe('a recorded route', () => {
  async function talking(alice: WirePhone, bob: WirePhone, callId: string) {
    alice.invite(callId)
    const invite = await bob.nextRequest('INVITE')
    bob.respond(invite, 200, contact(bob), 'bob')
    const ok = await alice.nextResponse(200)
    return { invite, ok, routes: routeBack(ok) }
  }

  it('[RR1] [RR2] carries ACK, re-INVITE and BYE of both sides', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob), { remainInDialog: true })
    await using alice = await WirePhone.open(udpOf(server))
    const { invite, routes } = await talking(alice, bob, 'rr-1')
    expect(routes).toHaveLength(1)
    alice.request(`ACK sip:phone@127.0.0.1:${bob.port}`, [...alice.party('rr-1', 1, 'ACK', 'bob'), ...routes])
    const ack = await bob.nextRequest('ACK')
    expect([ack.uri, ack.headers.has('route'), ack.headers.get('max-forwards')]).toEqual([
      `sip:phone@127.0.0.1:${bob.port}`,
      false,
      '69',
    ])

    alice.request(`INVITE sip:phone@127.0.0.1:${bob.port}`, [
      ...alice.party('rr-1', 2, 'INVITE', 'bob'),
      ...contact(alice),
      ...routes,
    ])
    bob.respond(await bob.nextRequest('INVITE'), 200, contact(bob))
    expect((await alice.nextResponse(200)).headers.list('via')).toHaveLength(1)

    bob.request(`BYE sip:phone@127.0.0.1:${alice.port}`, [
      `From: ${invite.headers.get('to')};tag=bob`,
      `To: ${invite.headers.get('from')}`,
      'Call-ID: rr-1',
      'CSeq: 9 BYE',
      ...invite.headers.list('record-route').map((value) => `Route: ${value}`),
    ])
    alice.respond(await alice.nextRequest('BYE'), 200)
    await bob.nextResponse(200)
  })

  it('[RR2] carries the CANCEL of a re-INVITE with the branch of the re-INVITE', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob), { remainInDialog: true })
    await using alice = await WirePhone.open(udpOf(server))
    const { routes } = await talking(alice, bob, 'rr-2')
    const to = `sip:phone@127.0.0.1:${bob.port}`
    const branch = alice.request(`INVITE ${to}`, [
      ...alice.party('rr-2', 2, 'INVITE', 'bob'),
      ...contact(alice),
      ...routes,
    ])
    const again = await bob.nextRequest('INVITE')
    alice.request(`CANCEL ${to}`, [...alice.party('rr-2', 2, 'CANCEL', 'bob'), ...routes], '', branch)
    expect((await bob.nextRequest('CANCEL')).via.branch).toBe(again.via.branch)
  })

  it('[RR3] leads nowhere in another call, and responses nowhere but back', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob), { remainInDialog: true })
    await using alice = await WirePhone.open(udpOf(server))
    const { routes } = await talking(alice, bob, 'rr-3')
    const to = `sip:phone@127.0.0.1:${bob.port}`
    alice.request(`INFO ${to}`, [...alice.party('rr-other', 2, 'INFO', 'bob'), ...routes])
    await alice.nextResponse(481)

    alice.request(`INFO ${to}`, [...alice.party('rr-3', 3, 'INFO', 'bob'), ...routes])
    const info = await bob.nextRequest('INFO')
    const forged = redirected(info, alice.port, bob.port)
    bob.respond(forged, 200)
    bob.respond(info, 202)
    await alice.nextResponse(202)
    expect(bob.ladder).not.toContain('< 200')
  })

  it('[RR4] survives a strict router', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob), { remainInDialog: true })
    await using alice = await WirePhone.open(udpOf(server))
    const { ok } = await talking(alice, bob, 'rr-4')
    const ours = ok.headers.list('record-route')[0]?.replace(/[<>]/g, '')
    const to = `sip:phone@127.0.0.1:${bob.port}`
    alice.request(`BYE ${ours}`, [...alice.party('rr-4', 2, 'BYE', 'bob'), `Route: <${to}>`])
    expect((await bob.nextRequest('BYE')).uri).toBe(to)
  })
})

describe('a request that comes back', () => {
  it('[LP2] for somewhere else goes on, [LP1] unchanged gets 482', async () => {
    await using server = await startTestServer()
    await using bob = await WirePhone.open(udpOf(server))
    await using _app = await proxyTo(server, uriOf(bob))
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('lp-1')
    const first = await bob.nextRequest('INVITE')
    bob.raw(passedOn(first, bob))
    const second = await bob.nextRequest('INVITE')
    expect(second.headers.list('via')).toHaveLength(4)
    bob.raw(passedOn(second, bob))
    await bob.nextResponse(482)
  })
})

/** The request as the next proxy would send it. */
function passedOn(request: SipRequest, by: WirePhone): string {
  const [startLine, ...lines] = request.head.trimEnd().split('\r\n')
  const via = `Via: SIP/2.0/UDP 127.0.0.1:${by.port};branch=${by.newBranch()}`
  return [startLine, via, ...lines, '', request.body.toString()].join('\r\n')
}

/** The same request with another port in the Via below the topmost. */
function redirected(request: SipRequest, from: number, to: number): SipRequest {
  const headers = [...request.headers].map((line) =>
    line.key === 'via' ? { ...line, value: line.value.replaceAll(String(from), String(to)) } : line,
  )
  return Object.assign(Object.create(Object.getPrototypeOf(request)), request, {
    headers: Object.assign(Object.create(Object.getPrototypeOf(request.headers)), { lines: headers }),
  })
}
