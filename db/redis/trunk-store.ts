import { join } from 'node:path'
import type { TrunkId } from '@ringdown/core/kernel'
import { Registration } from '@ringdown/core/trunk'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { RedisKeys } from './keys.ts'
import { readScripts } from './load-scripts.ts'

/** What gateways share of trunks: who registers which, how that stands, and the lines that are taken. */
export type TrunkStore = {
  /** Takes or prolongs the right to register a trunk. @returns false: another gateway has it */
  hold(trunkId: TrunkId, gatewayId: string, forMs: number): Promise<boolean>
  /** Gives it up at once, with what was known of the registration. */
  drop(trunkId: TrunkId, gatewayId: string): Promise<void>
  /** Forgotten after `forMs`: a gateway that died must not leave a registration that nobody refreshes. */
  saveRegistration(trunkId: TrunkId, registration: Registration, forMs: number): Promise<void>
  /** Of those that a gateway registers. */
  registrations(trunkIds: readonly TrunkId[]): Promise<Map<TrunkId, Registration>>
  /** @returns false: all lines are taken */
  takeLine(trunkId: TrunkId, gatewayId: string, lines: number): Promise<boolean>
  freeLine(trunkId: TrunkId, gatewayId: string): Promise<void>
  /** Frees what an earlier life of this gateway had taken. */
  freeAllLines(gatewayId: string): Promise<void>
}

export function trunkStore(redis: Redis, keys: RedisKeys): TrunkStore {
  const run = trunkScripts(redis)
  return {
    async hold(trunkId, gatewayId, forMs) {
      return (await run('hold-lease', [keys.trunkLease(trunkId), gatewayId, forMs])) === 1
    },
    async drop(trunkId, gatewayId) {
      await run('drop-lease', [keys.trunkLease(trunkId), keys.registration(trunkId), gatewayId])
    },
    async saveRegistration(trunkId, registration, forMs) {
      await redis.set(keys.registration(trunkId), JSON.stringify(registration), 'PX', forMs)
    },
    async registrations(trunkIds) {
      if (trunkIds.length === 0) return new Map()
      const texts = await redis.mget(trunkIds.map((id) => keys.registration(id)))
      const known = trunkIds.flatMap((id, i): [TrunkId, Registration][] => {
        const text = texts[i]
        return text ? [[id, Registration.parse(JSON.parse(text))]] : []
      })
      return new Map(known)
    },
    async takeLine(trunkId, gatewayId, lines) {
      return (await run('take-line', [keys.gateways, keys.lines(''), trunkId, gatewayId, lines])) === 1
    },
    async freeLine(trunkId, gatewayId) {
      await run('free-line', [keys.lines(gatewayId), trunkId])
    },
    async freeAllLines(gatewayId) {
      await redis.del(keys.lines(gatewayId))
    },
  }
}

const folder = join(import.meta.dirname, 'scripts/trunks')

function trunkScripts(redis: Redis) {
  const name = (verb: string) => `ringdown:trunk-${verb}`
  for (const { name: verb, numberOfKeys, lua } of readScripts(folder)) {
    redis.defineCommand(name(verb), { numberOfKeys, lua })
  }
  const commands = redis as unknown as Record<string, (...args: (string | number)[]) => Promise<unknown>>
  return async (verb: string, args: readonly (string | number)[]) =>
    z.number().parse(await commands[name(verb)]!(...args))
}
