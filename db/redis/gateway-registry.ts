import type { Redis } from 'ioredis'
import type { RedisKeys } from './keys.ts'

/** Which gateways live, by their heartbeats. */
export type GatewayRegistry = {
  beat(gatewayId: string, at: number): Promise<void>
  /** Gateways whose last heartbeat is older than this instant. */
  silentSince(before: number): Promise<string[]>
  forget(gatewayId: string): Promise<void>
}

export function gatewayRegistry(redis: Redis, keys: RedisKeys): GatewayRegistry {
  return {
    async beat(gatewayId, at) {
      await redis.zadd(keys.gateways, at, gatewayId)
    },
    silentSince: (before) => redis.zrangebyscore(keys.gateways, '-inf', `(${before}`),
    async forget(gatewayId) {
      await redis.zrem(keys.gateways, gatewayId)
    },
  }
}
