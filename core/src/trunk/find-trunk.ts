import { contains, type Prefix, parseAddress, parsePrefix } from './prefix.ts'
import type { Trunk } from './trunk.ts'

/** A trunk with what makes a registration recognisable. */
export type KnownTrunk = Trunk & {
  /** User part of the Contact we register: random, so whoever calls it was told by the registrar. */
  contactUser: string
  /** Where the registrar answered from; null: it did not, or there is none. */
  registrarAddress: string | null
}

/** Where a call came from, as the network says: the source address, and the user part of the request URI. */
export type Source = { address: string; contactUser: string }

/** How the trunk of a call was found. */
export type Found = { trunk: KnownTrunk; by: 'contact' | 'address' }

/** Prepares a list of trunks for look-ups. @returns the trunk of a call by SPEC.md TR1 to TR3; undefined: nobody known */
export function trunkFinder(trunks: readonly KnownTrunk[]): (source: Source) => Found | undefined {
  const enabled = trunks.filter((trunk) => trunk.enabled)
  const byContact = new Map(enabled.filter(({ kind }) => kind === 'registration').map((t) => [t.contactUser, t]))
  const ranges = enabled.flatMap(rangesOf).sort((a, b) => b.prefix.length - a.prefix.length)
  return ({ address, contactUser }) => {
    const registered = byContact.get(contactUser)
    if (registered) return { trunk: registered, by: 'contact' }
    const parsed = parseAddress(address)
    const range = parsed && ranges.find(({ prefix }) => contains(prefix, parsed))
    return range && { trunk: range.trunk, by: 'address' }
  }
}

function rangesOf(trunk: KnownTrunk): { trunk: KnownTrunk; prefix: Prefix }[] {
  const texts = trunk.kind === 'address' ? trunk.addresses : trunk.registrarAddress ? [trunk.registrarAddress] : []
  return texts.flatMap((text) => {
    const prefix = parsePrefix(text)
    return prefix ? [{ trunk, prefix }] : []
  })
}
