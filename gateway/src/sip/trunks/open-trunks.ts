import type { Result, TrunkId } from '@ringdown/core/kernel'
import type { Registration } from '@ringdown/core/trunk'
import { findSipCredentials, listTrunks, readSettings } from '@ringdown/db/postgres'
import { redisKeys, trunkStore } from '@ringdown/db/redis'
import type Srf from 'drachtio-srf'
import type { Foundation } from '../../foundation.ts'
import type { PhoneBindings } from '../phone-bindings.ts'
import type { IncomingCall, SipRefusal } from '../sip-leg.ts'
import { type Admission, admitCall } from './admit-call.ts'
import { createRefusals, type RefusalReason } from './refusals.ts'
import { createRegistrations } from './registrations.ts'
import { passwordSeal } from './seal-password.ts'
import { createTrunkBook } from './trunk-book.ts'

export type TrunkParts = Pick<Foundation, 'config' | 'log' | 'sql' | 'redis' | 'clock'> & {
  srf: Srf
  phones: PhoneBindings
}

/** The trunks as the rest of the gateway sees them. */
export type Trunks = AsyncDisposable & {
  /** May this call come in? Rejects when that cannot be found out. */
  admit(call: IncomingCall): Promise<Result<Admission, SipRefusal>>
  /** The record changed: calls and registrations of this gateway follow at once, other gateways at their next heartbeat. */
  changed(): Promise<void>
  /** How registrations stand, whichever gateway keeps them. */
  registrations(ids: readonly TrunkId[]): Promise<ReadonlyMap<TrunkId, Registration>>
  /** Of the registrations that this gateway keeps, by the trunk's name. */
  registered(): ReadonlyMap<string, boolean>
  refused(): ReadonlyMap<RefusalReason, number>
}

/** Reads the trunks, and registers those that this gateway gets the lease of; again and again with the heartbeat. */
export async function openTrunks(parts: TrunkParts): Promise<Trunks> {
  const { config, sql, phones, clock, log } = parts
  const { gatewayId } = config
  const store = trunkStore(parts.redis, redisKeys(config.redisPrefix))
  const book = createTrunkBook({ list: () => listTrunks(sql), registrations: store.registrations })
  const registrations = createRegistrations({
    ...parts,
    ...{ store, gatewayId, passwords: passwordSeal(config.sessionSecret) },
    ...{ leaseMs: config.graces.gatewayDeadMs, firstPauseMs: config.trunkRetryMs },
  })
  const refusals = createRefusals(clock, log)
  const admission = {
    ...{ book, store, gatewayId, refusals, log, phoneOf: phones.find },
    agentOf: async (extension: string) => (await findSipCredentials(sql, extension))?.userId ?? null,
    defaultCountry: async () => (await readSettings(sql)).defaultCountry,
  }

  let following: Promise<void> = Promise.resolve()
  let waiting = 0
  /** What is known is followed even while the record is away: leases must be renewed. */
  function follow(): Promise<void> {
    waiting++
    following = following
      .then(() => registrations.follow(book.all()))
      .catch((error: unknown) => log.warn({ err: error }, 'registrations could not be looked after'))
      .finally(() => {
        waiting--
      })
    return following
  }
  const read = () => book.read().catch((error: unknown) => log.warn({ err: error }, 'trunks could not be read'))

  await store.freeAllLines(gatewayId)
  await book.read()
  void follow()
  const timer = setInterval(() => {
    if (waiting === 0) void read().then(follow)
  }, config.heartbeatMs)

  return {
    admit: (call) => admitCall(admission, call),
    async changed() {
      await book.read()
      void follow()
    },
    registrations: store.registrations,
    registered() {
      const states = registrations.states()
      const own = book.all().filter(({ id }) => states.has(id))
      return new Map(own.map(({ id, name }) => [name, states.get(id)?.state === 'registered']))
    },
    refused: refusals.counts,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await following
      await registrations[Symbol.asyncDispose]()
    },
  }
}
