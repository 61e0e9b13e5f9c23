import { isIPv4, isIPv6 } from 'node:net'
import { networkInterfaces } from 'node:os'

export type Family = 4 | 6

/** The family of an IP address; undefined for a host name. */
export function familyOf(host: string): Family | undefined {
  return isIPv4(host) ? 4 : isIPv6(host) ? 6 : undefined
}

/** IPv4 seen through a dual-stack socket (`::ffff:192.0.2.1`) is IPv4. */
export function plainAddress(host: string): string {
  return host.startsWith('::ffff:') && isIPv4(host.slice(7)) ? host.slice(7) : host
}

/** RFC 1918 and RFC 4193 addresses. */
export function isPrivate(host: string): boolean {
  if (isIPv6(host)) return /^f[cd]/i.test(host)
  return /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/.test(host)
}

export function isLoopback(host: string): boolean {
  return host.startsWith('127.') || host === '::1'
}

/** How many leading octets two IPv4 addresses share: a cheap guess at 'the same network'. */
export function sharedOctets(a: string, b: string): number {
  const left = a.split('.')
  const right = b.split('.')
  let shared = 0
  while (shared < 4 && left[shared] !== undefined && left[shared] === right[shared]) shared++
  return shared
}

/** All addresses that a socket bound to this one answers at, those that others can reach first. */
export function addressesOf(host: string): string[] {
  if (!isWildcard(host)) return [host]
  const family = host === '::' ? 'IPv6' : 'IPv4'
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter((address) => address.family === family)
    .sort((a, b) => Number(a.internal) - Number(b.internal))
    .map(({ address }) => address)
}

function isWildcard(host: string): boolean {
  return host === '0.0.0.0' || host === '::'
}
