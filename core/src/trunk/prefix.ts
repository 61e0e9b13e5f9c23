import { z } from 'zod'

/** A range of IP addresses: those whose first `length` bits are those of `bits`. */
export type Prefix = { version: 4 | 6; bits: bigint; length: number }

const WIDTH = { 4: 32, 6: 128 } as const
const EXPECTED = 'expected an IP address or CIDR such as 203.0.113.0/24'

/** An address or CIDR as an administrator writes it. */
export const AddressRange = z.string().superRefine((text, ctx) => {
  const prefix = parsePrefix(text)
  if (!prefix) return ctx.addIssue({ code: 'custom', message: EXPECTED })
  if (prefix.bits !== network(prefix).bits)
    ctx.addIssue({ code: 'custom', message: `${text} has bits behind its prefix; ${EXPECTED}` })
})

/** `203.0.113.7`, `203.0.113.0/24`, `2001:db8::/32`; undefined: neither address nor CIDR. */
export function parsePrefix(text: string): Prefix | undefined {
  const [address = '', length, ...rest] = text.split('/')
  const parsed = parseAddress(address)
  if (!parsed || rest.length > 0) return undefined
  const width = WIDTH[parsed.version]
  if (length === undefined) return { ...parsed, length: width }
  if (!/^\d{1,3}$/.test(length) || Number(length) > width) return undefined
  return { ...parsed, length: Number(length) }
}

/** One address. IPv4 inside IPv6 (`::ffff:203.0.113.7`) is IPv4: a socket of both kinds shows it so (RFC 4291 2.5.5.2). */
export function parseAddress(text: string): Pick<Prefix, 'version' | 'bits'> | undefined {
  const v4 = bitsOfV4(text)
  if (v4 !== undefined) return { version: 4, bits: v4 }
  const v6 = bitsOfV6(text)
  if (v6 === undefined) return undefined
  return v6 >> 32n === 0xffffn ? { version: 4, bits: v6 & 0xffff_ffffn } : { version: 6, bits: v6 }
}

export function contains(prefix: Prefix, address: Pick<Prefix, 'version' | 'bits'>): boolean {
  return (
    prefix.version === address.version && network(prefix).bits === network({ ...address, length: prefix.length }).bits
  )
}

function network({ version, bits, length }: Prefix): Prefix {
  const free = BigInt(WIDTH[version] - length)
  return { version, bits: (bits >> free) << free, length }
}

function bitsOfV4(text: string): bigint | undefined {
  const octets = text.split('.')
  if (octets.length !== 4 || !octets.every((octet) => /^(0|[1-9]\d{0,2})$/.test(octet) && Number(octet) < 256))
    return undefined
  return octets.reduce((bits, octet) => (bits << 8n) | BigInt(octet), 0n)
}

/** RFC 4291 2.2: eight groups, one run of zeros as `::`, the last two perhaps written as IPv4. */
function bitsOfV6(text: string): bigint | undefined {
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [head, tail] = halves.map((half, i) => groupsOf(half, i === halves.length - 1))
  if (!head || (halves.length === 2 && !tail)) return undefined
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined
  const groups = [...head, ...Array<bigint>(missing).fill(0n), ...(tail ?? [])]
  return groups.reduce((bits, group) => (bits << 16n) | group, 0n)
}

/** @param last the end of the address, where IPv4 may stand */
function groupsOf(text: string, last: boolean): bigint[] | undefined {
  if (text === '') return []
  const groups: bigint[] = []
  const parts = text.split(':')
  for (const [i, part] of parts.entries()) {
    const v4 = last && i === parts.length - 1 ? bitsOfV4(part) : undefined
    if (v4 !== undefined) groups.push(v4 >> 16n, v4 & 0xffffn)
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(BigInt(`0x${part}`))
    else return undefined
  }
  return groups
}
