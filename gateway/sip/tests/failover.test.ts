import { describe, expect, it } from 'vitest'
import { DnsResponder } from '../testing/dns-responder.ts'
import { connectApp } from '../testing/srf-app.ts'
import { startTestServer } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'

/** 64*T1 is 0.38 s: how long a silent address is waited for. */
const timers = { t1Ms: 6, t2Ms: 24, t4Ms: 30 }
const nobody = { host: '127.0.0.1', port: 9 }
const srv = (port: number, priority: number) =>
  ({ type: 'SRV', priority, weight: 1, port, target: 'host.example' }) as const
const zone = (...ports: number[]) => ({
  '_sip._udp.pbx.example': ports.map((port, index) => srv(port, index)),
  'host.example': [{ type: 'A', address: '127.0.0.1' }] as const,
})

describe('a name with several addresses (RFC 3263)', () => {
  it('[DN7] an INVITE goes on to the next one after 503 and after silence; the application sees one call', async () => {
    await using busy = await WirePhone.open(nobody)
    await using silent = await WirePhone.open(nobody)
    await using bob = await WirePhone.open(nobody)
    await using dns = await DnsResponder.start(zone(busy.port, silent.port, bob.port))
    await using server = await startTestServer({ ...timers, dnsServers: [dns.address] })
    for (const phone of [busy, bob]) phone.serveFrom(server)
    await using app = await connectApp(server)
    const calling = app.srf.createUAC('sip:bob@pbx.example', { localSdp: sdp })
    const first = await busy.nextRequest('INVITE')
    busy.respond(first, 503)
    await busy.nextRequest('ACK')
    const second = await silent.nextRequest('INVITE')
    const third = await bob.nextRequest('INVITE')
    expect(new Set([first, second, third].map(({ via }) => via.branch)).size).toBe(3)
    expect(new Set([first, second, third].map(({ callId, fromTag }) => `${callId} ${fromTag}`)).size).toBe(1)
    bob.respond(third, 200, [`Contact: ${bob.contact}`, 'Content-Type: application/sdp'], 'bob', sdp)
    await bob.nextRequest('ACK')
    const dialog = await calling
    dialog.destroy().catch(() => {})
    await bob.nextRequest('BYE')
  })

  it('[DN7] other requests do so too; [DN8] and the next one begins where the last one ended', async () => {
    await using silent = await WirePhone.open(nobody)
    await using bob = await WirePhone.open(nobody)
    await using dns = await DnsResponder.start(zone(silent.port, bob.port))
    await using server = await startTestServer({ ...timers, dnsServers: [dns.address] })
    bob.serveFrom(server)
    await using app = await connectApp(server)
    const heard: number[] = []
    for (let time = 0; time < 2; time++) {
      const answered = new Promise<number>((resolve) => {
        app.srf.request('sip:bob@pbx.example', { method: 'OPTIONS' }, (_error, request) => {
          request.on('response', (response: { status: number }) => resolve(response.status))
        })
      })
      bob.respond(await bob.nextRequest('OPTIONS'), 200)
      expect(await answered).toBe(200)
      heard.push(silent.ladder.length)
    }
    expect(heard[0]).toBeGreaterThan(0)
    expect(heard[1]).toBe(heard[0])
  })

  it('[DN7] the last refusal reaches the application', async () => {
    await using busy = await WirePhone.open(nobody)
    await using worse = await WirePhone.open(nobody)
    await using dns = await DnsResponder.start(zone(busy.port, worse.port))
    await using server = await startTestServer({ ...timers, dnsServers: [dns.address] })
    for (const phone of [busy, worse]) phone.serveFrom(server)
    await using app = await connectApp(server)
    const calling = app.srf.createUAC('sip:bob@pbx.example', { localSdp: sdp }).catch((error) => error)
    busy.respond(await busy.nextRequest('INVITE'), 503)
    worse.respond(await worse.nextRequest('INVITE'), 503, ['Reason: worse'])
    expect(await calling).toMatchObject({ status: 503 })
  })

  it('[DN9] a name that leads nowhere is 503 at once', async () => {
    await using dns = await DnsResponder.start({})
    await using server = await startTestServer({ ...timers, dnsServers: [dns.address] })
    await using app = await connectApp(server)
    const failed = await app.srf.createUAC('sip:bob@nowhere.example', { localSdp: sdp }).catch((error) => error)
    expect(failed).toMatchObject({ status: 503 })
  })
})
