import type { TrunkInput, TrunkView } from '@ringdown/core/contract'

/** The fields of the form: those of both kinds, lists as people write them. */
export type TrunkValues = {
  kind: TrunkView['kind']
  name: string
  enabled: boolean
  defaultCountry: string
  numbers: string
  maxCalls: number | null
  addresses: string
  registrar: string
  transport: 'udp' | 'tcp'
  username: string
  authUser: string
  expiresS: number
  /** Empty: unchanged. */
  password: string
}

const newTrunk: TrunkValues = {
  ...{ kind: 'address', name: '', enabled: true, defaultCountry: 'CN', numbers: '', maxCalls: null, addresses: '' },
  ...{ registrar: '', transport: 'udp', username: '', authUser: '', expiresS: 300, password: '' },
}

export function valuesOf(trunk: TrunkView | null): TrunkValues {
  if (!trunk) return newTrunk
  const { name, enabled, defaultCountry, maxCalls } = trunk
  const common = { ...newTrunk, name, enabled, defaultCountry, maxCalls, numbers: trunk.numbers.join('\n') }
  if (trunk.kind === 'address') return { ...common, kind: 'address', addresses: trunk.addresses.join('\n') }
  const { registrar, transport, username, authUser, expiresS } = trunk
  return { ...common, kind: 'registration', registrar, transport, username, authUser: authUser ?? '', expiresS }
}

/** What the server is asked for. */
export function trunkOf(values: TrunkValues): TrunkInput {
  const { name, enabled, defaultCountry, maxCalls } = values
  const common = { name, enabled, defaultCountry: defaultCountry.trim().toUpperCase(), maxCalls }
  const numbers = listOf(values.numbers)
  if (values.kind === 'address') return { ...common, numbers, kind: 'address', addresses: listOf(values.addresses) }
  const { registrar, transport, username, authUser, expiresS, password } = values
  const account = {
    registrar: registrar.trim(),
    transport,
    username: username.trim(),
    authUser: authUser.trim() || null,
  }
  return { ...common, numbers, kind: 'registration', ...account, expiresS, ...(password && { password }) }
}

const listOf = (text: string): string[] => text.split(/[\s,，;；、]+/).filter(Boolean)
