import type { NaptrRecord } from 'node:dns'
import { type SipUri, transportOf } from '../message/uri.ts'
import { familyOf } from '../transport/address.ts'
import type { Protocol } from '../transport/flow.ts'
import type { Target } from '../transport/resolve.ts'
import type { Dns } from './dns-cache.ts'
import { orderSrv } from './srv-order.ts'

/** NAPTR services (RFC 3263 section 4.1, RFC 7118 section 7) and SRV prefixes of each transport; in the order of our preference. */
const services: readonly { protocol: Protocol; naptr: string; srv: string }[] = [
  { protocol: 'tls', naptr: 'SIPS+D2T', srv: '_sips._tcp' },
  { protocol: 'tcp', naptr: 'SIP+D2T', srv: '_sip._tcp' },
  { protocol: 'udp', naptr: 'SIP+D2U', srv: '_sip._udp' },
]

/**
 * RFC 3263 section 4: where a request to this URI may go, in the order to try. `usable` are the transports we have. Empty
 * when the name leads nowhere.
 */
export async function locate(uri: SipUri, dns: Dns, usable: (protocol: Protocol) => boolean): Promise<Target[]> {
  const asked = transportOf(uri)
  if (familyOf(uri.host) !== undefined) return [{ host: uri.host, port: portOf(uri, asked), transport: asked }]
  if (uri.port !== undefined || !uri.host.includes('.')) return addresses(dns, uri.host, portOf(uri, asked), asked)
  const ours = services.filter(({ protocol }) => usable(protocol) && (uri.scheme === 'sip' || protocol === 'tls'))
  const targets = asked === undefined ? await byNaptr(uri.host, dns, ours) : []
  if (targets.length > 0) return targets
  for (const { protocol, srv } of asked === undefined ? fallback(ours) : ours) {
    if (asked !== undefined && asked !== protocol) continue
    const found = await bySrv(`${srv}.${uri.host}`, dns, protocol)
    if (found.length > 0) return found
  }
  return addresses(dns, uri.host, portOf(uri, asked), asked)
}

/** Section 4.1: the records say which transports the domain prefers. */
async function byNaptr(host: string, dns: Dns, ours: typeof services): Promise<Target[]> {
  const records = (await dns.naptr(host))
    .filter(({ flags }) => flags.toLowerCase() === 's')
    .toSorted((a, b) => a.order - b.order || a.preference - b.preference)
  const wanted = records.flatMap((record: NaptrRecord) => {
    const service = ours.find(({ naptr }) => naptr === record.service.toUpperCase())
    return service ? [{ name: record.replacement, protocol: service.protocol }] : []
  })
  const found = await Promise.all(wanted.map(({ name, protocol }) => bySrv(name, dns, protocol)))
  return found.flat()
}

/** Without NAPTR: UDP before TCP before TLS, as clients do that were not told. */
function fallback(ours: typeof services): typeof services {
  return ours.toReversed()
}

async function bySrv(name: string, dns: Dns, protocol: Protocol): Promise<Target[]> {
  const records = orderSrv(await dns.srv(name)).filter((record) => record.name !== '' && record.name !== '.')
  const found = await Promise.all(records.map((record) => addresses(dns, record.name, record.port, protocol)))
  return found.flat()
}

async function addresses(dns: Dns, host: string, port: number, transport: string | undefined): Promise<Target[]> {
  return (await dns.addresses(host)).map((address) => ({ host: address, port, transport }))
}

function portOf(uri: SipUri, transport: string | undefined): number {
  return uri.port ?? (transport === 'tls' || uri.scheme === 'sips' ? 5061 : 5060)
}
