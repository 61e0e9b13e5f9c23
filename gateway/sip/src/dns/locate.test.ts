import { describe, expect, it } from 'vitest'
import { DnsResponder } from '../../testing/dns-responder.ts'
import { parseSipUri } from '../message/uri.ts'
import type { Protocol } from '../transport/flow.ts'
import { DnsCache } from './dns-cache.ts'
import { locate } from './locate.ts'
import { orderSrv } from './srv-order.ts'

const srv = (target: string, port: number, priority = 1, weight = 1) =>
  ({ type: 'SRV', priority, weight, port, target }) as const
const naptr = (order: number, service: string, replacement: string) =>
  ({ type: 'NAPTR', order, preference: 1, service, replacement }) as const
const a = (address: string, ttl = 60) => ({ type: 'A', address, ttl }) as const

const zone = {
  'naptr.example': [
    naptr(20, 'SIP+D2U', '_sip._udp.naptr.example'),
    naptr(10, 'SIP+D2T', '_sip._tcp.naptr.example'),
    naptr(5, 'SIPS+D2T', '_sips._tcp.naptr.example'),
    a('192.0.2.99'),
  ],
  '_sip._udp.naptr.example': [srv('one.example', 5070)],
  '_sip._tcp.naptr.example': [srv('two.example', 5080)],
  '_sips._tcp.naptr.example': [srv('one.example', 5091)],
  '_sip._tcp.srv.example': [srv('two.example', 5081, 2), srv('one.example', 5080, 1)],
  'srv.example': [a('192.0.2.9')],
  'plain.example': [a('192.0.2.3'), a('192.0.2.4')],
  'one.example': [a('192.0.2.1')],
  'two.example': [a('192.0.2.2'), { type: 'AAAA', address: [0x20, 1, 0xd, 0xb8, ...Array(11).fill(0), 2] } as const],
  'brief.example': [a('192.0.2.5', 1)],
}
const settings = { cacheMs: 60_000, negativeMs: 60_000, timeoutMs: 2000 }

async function found(uri: string, protocols: readonly Protocol[] = ['udp', 'tcp', 'tls']): Promise<string[]> {
  await using dns = await DnsResponder.start(zone)
  const parsed = parseSipUri(uri)
  if (!parsed) throw new Error(uri)
  const cache = new DnsCache({ ...settings, servers: [dns.address] })
  const targets = await locate(parsed, cache, (protocol) => protocols.includes(protocol))
  return targets.map(({ host, port, transport }) => `${transport ?? 'any'} ${host} ${port}`)
}

describe('where a URI leads', () => {
  it('[DN1] an address, or a name with a port, needs no more', async () => {
    expect(await found('sip:192.0.2.7')).toEqual(['any 192.0.2.7 5060'])
    expect(await found('sip:[2001:db8::7]:5070;transport=tcp')).toEqual(['tcp 2001:db8::7 5070'])
    expect(await found('sip:naptr.example:5099')).toEqual(['any 192.0.2.99 5099'])
    expect(await found('sips:one.example:5099')).toEqual(['tls 192.0.2.1 5099'])
  })

  it('[DN2] NAPTR chooses among the transports we have', async () => {
    expect(await found('sip:naptr.example', ['udp', 'tcp'])).toEqual([
      ...['tcp 2001:db8::2 5080', 'tcp 192.0.2.2 5080', 'udp 192.0.2.1 5070'],
    ])
    expect((await found('sip:naptr.example'))[0]).toBe('tls 192.0.2.1 5091')
    expect(await found('sip:naptr.example', ['udp'])).toEqual(['udp 192.0.2.1 5070'])
    expect(await found('sips:naptr.example')).toEqual(['tls 192.0.2.1 5091'])
  })

  it('[DN3] without NAPTR, or with a transport, SRV says host and port', async () => {
    expect((await found('sip:srv.example')).map((target) => target.split(' ')[2])).toEqual(['5080', '5081', '5081'])
    expect((await found('sip:naptr.example;transport=udp'))[0]).toBe('udp 192.0.2.1 5070')
  })

  it('[DN5] without SRV the addresses of the name', async () => {
    expect(await found('sip:plain.example')).toEqual(['any 192.0.2.3 5060', 'any 192.0.2.4 5060'])
    expect(await found('sips:plain.example')).toEqual(['tls 192.0.2.3 5061', 'tls 192.0.2.4 5061'])
    expect(await found('sip:srv.example;transport=udp')).toEqual(['udp 192.0.2.9 5060'])
    expect(await found('sip:nowhere.example')).toEqual([])
  })

  it('[DN4] by priority, then by weight', () => {
    const record = (name: string, priority: number, weight: number) => ({ name, port: 5060, priority, weight })
    const records = [record('c', 2, 9), record('a', 1, 90), record('b', 1, 10), record('z', 1, 0)]
    const first = new Map<string, number>()
    for (let i = 0; i < 1000; i++) {
      const names = orderSrv(records, () => i / 1000).map(({ name }) => name)
      expect(names).toHaveLength(4)
      expect(names[3]).toBe('c')
      first.set(names[0] ?? '', (first.get(names[0] ?? '') ?? 0) + 1)
    }
    expect(first.get('a')).toBeGreaterThan(850)
    expect(first.get('b')).toBeGreaterThan(50)
  })

  it('[DN6] each question is asked once, and again when its answer is too old', async () => {
    await using dns = await DnsResponder.start(zone)
    const cache = new DnsCache({ ...settings, servers: [dns.address] })
    await Promise.all([cache.srv('_sip._tcp.srv.example'), cache.srv('_sip._tcp.srv.example')])
    await cache.srv('_sip._tcp.srv.example')
    await cache.srv('nowhere.example')
    await cache.srv('nowhere.example')
    expect(dns.asked).toEqual(['SRV _sip._tcp.srv.example', 'SRV nowhere.example'])
    const brief = new DnsCache({ ...settings, cacheMs: 1, servers: [dns.address] })
    const asked = () => dns.asked.filter((question) => question === 'A brief.example').length
    await brief.addresses('brief.example')
    while (asked() < 2) await brief.addresses('brief.example')
  })
})
