import type { Redis } from 'ioredis'
import type { RedisKeys } from './keys.ts'

export type SpooledEvent = { kind: 'contact' | 'agent'; eventId: string; event: unknown }

/** Events that PostgreSQL did not take yet, so that a gateway may die with them: one spool per gateway. */
export type EventSpool = {
  /** Doing it twice changes nothing. */
  keep(gatewayId: string, events: readonly SpooledEvent[]): Promise<void>
  drop(gatewayId: string, eventIds: readonly string[]): Promise<void>
  /** In the order in which they were kept. */
  read(gatewayId: string): Promise<SpooledEvent[]>
}

export function eventSpool(redis: Redis, keys: RedisKeys): EventSpool {
  return {
    async keep(gatewayId, events) {
      if (events.length === 0) return
      const key = keys.spool(gatewayId)
      const last = await redis.incrby(`${key}:order`, events.length)
      const fields = events.flatMap((event, i) => [
        event.eventId,
        JSON.stringify({ ...event, order: last - events.length + i }),
      ])
      await redis.hset(key, ...fields)
    },
    async drop(gatewayId, eventIds) {
      if (eventIds.length > 0) await redis.hdel(keys.spool(gatewayId), ...eventIds)
    },
    async read(gatewayId) {
      const kept = Object.values(await redis.hgetall(keys.spool(gatewayId)))
      return kept
        .map((text) => JSON.parse(text) as SpooledEvent & { order: number })
        .toSorted((a, b) => a.order - b.order)
        .map(({ order: _, ...event }) => event)
    },
  }
}
