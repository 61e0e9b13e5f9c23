import type { TrunkId } from '@ringdown/core/kernel'
import type { Registration } from '@ringdown/core/trunk'
import type { StoredTrunk } from '@ringdown/db/postgres'
import type { TrunkStore } from '@ringdown/db/redis'
import type Srf from 'drachtio-srf'
import type { Logger } from 'pino'
import { type KeptRegistration, keepRegistered } from './keep-registered.ts'
import type { PasswordSeal } from './seal-password.ts'
import { registerSender, type SendRegister } from './send-register.ts'

export type RegistrationParts = {
  srf: Srf
  store: TrunkStore
  gatewayId: string
  passwords: PasswordSeal
  /** How long a lease lasts that is not renewed. */
  leaseMs: number
  firstPauseMs: number
  clock: () => number
  log: Logger
}

/** The registrations that this gateway keeps: of the trunks it has the lease of. */
export type Registrations = AsyncDisposable & {
  /** Makes them those of these trunks, and renews the leases. One call at a time. */
  follow(trunks: readonly StoredTrunk[]): Promise<void>
  /** How those of this gateway stand. */
  states(): ReadonlyMap<TrunkId, Registration>
}

type AccountTrunk = Extract<StoredTrunk, { kind: 'registration' }>
type Kept = { trunk: AccountTrunk; registration: KeptRegistration }

export function createRegistrations(parts: RegistrationParts): Registrations {
  const { store, gatewayId, leaseMs, log } = parts
  const kept = new Map<TrunkId, Kept>()

  async function followOne(trunk: AccountTrunk): Promise<void> {
    const before = kept.get(trunk.id)
    if (!(await store.hold(trunk.id, gatewayId, leaseMs))) return leave(before, { unregister: false })
    if (before && sameAccount(before.trunk, trunk)) return save(trunk.id, before.registration.state)
    await leave(before, { unregister: true })
    const registration = keepRegistered({
      ...parts,
      send: senderOf(parts, trunk),
      expiresS: trunk.expiresS,
      changed: (state) =>
        void save(trunk.id, state).catch((error: unknown) =>
          log.warn({ err: error, trunk: trunk.name }, 'the state of a registration could not be shared'),
        ),
      log: log.child({ trunk: trunk.name, registrarHost: trunk.registrar }),
    })
    kept.set(trunk.id, { trunk, registration })
    await save(trunk.id, registration.state)
  }

  async function leave(gone: Kept | undefined, how: { unregister: boolean }): Promise<void> {
    if (!gone) return
    kept.delete(gone.trunk.id)
    await gone.registration.stop(how)
  }

  async function giveUp(gone: Kept): Promise<void> {
    await leave(gone, { unregister: true })
    await store.drop(gone.trunk.id, gatewayId)
  }

  const save = (trunkId: TrunkId, state: Registration) => store.saveRegistration(trunkId, state, leaseMs)

  return {
    async follow(trunks) {
      const wanted = trunks.filter((trunk) => trunk.kind === 'registration' && trunk.enabled) as AccountTrunk[]
      const ids = new Set(wanted.map(({ id }) => id))
      const unwanted = [...kept.values()].filter(({ trunk }) => !ids.has(trunk.id))
      await Promise.all([...unwanted.map(giveUp), ...wanted.map(followOne)])
    },
    states: () => new Map([...kept].map(([id, { registration }]) => [id, registration.state])),
    async [Symbol.asyncDispose]() {
      await Promise.allSettled([...kept.values()].map(giveUp))
    },
  }
}

function senderOf({ srf, passwords }: RegistrationParts, trunk: AccountTrunk): SendRegister {
  try {
    const password = trunk.passwordSealed === null ? null : passwords.open(trunk.id, trunk.passwordSealed)
    return registerSender(srf, { ...trunk, password })
  } catch {
    return () => Promise.reject(new Error('the password cannot be read with this session secret: enter it again'))
  }
}

/** Other changes of a trunk need no new registration. */
function sameAccount(a: AccountTrunk, b: AccountTrunk): boolean {
  const fields = ['registrar', 'transport', 'username', 'authUser', 'expiresS', 'passwordSealed'] as const
  return fields.every((field) => a[field] === b[field])
}
