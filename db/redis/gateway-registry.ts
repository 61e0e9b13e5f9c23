import type { UserId } from '@ringdown/core/kernel'
import type { Redis } from 'ioredis'
import type { RedisKeys } from './keys.ts'

/** Which gateways live, by their heartbeats, and what of agents dies with each. */
export type GatewayRegistry = {
  beat(gatewayId: string, at: number): Promise<void>
  /** The gateway is expected to beat from `at` on, if it is not known. */
  expect(gatewayId: string, at: number): Promise<void>
  /** Gateways whose last heartbeat is older than this instant. */
  silentSince(before: number): Promise<string[]>
  /** The gateway counts as dead from now on. */
  leave(gatewayId: string): Promise<void>
  forget(gatewayId: string): Promise<void>
  holdHeadset(gatewayId: string, agentId: UserId, legId: string): Promise<void>
  dropHeadset(gatewayId: string, agentId: UserId): Promise<void>
  /** Agent → leg. */
  headsetsOf(gatewayId: string): Promise<Map<UserId, string>>
}

export function gatewayRegistry(redis: Redis, keys: RedisKeys): GatewayRegistry {
  return {
    async beat(gatewayId, at) {
      await redis.zadd(keys.gateways, at, gatewayId)
    },
    async expect(gatewayId, at) {
      await redis.zadd(keys.gateways, 'NX', at, gatewayId)
    },
    silentSince: (before) => redis.zrangebyscore(keys.gateways, '-inf', `(${before}`),
    async leave(gatewayId) {
      await redis.zadd(keys.gateways, 0, gatewayId)
    },
    async forget(gatewayId) {
      await redis.multi().zrem(keys.gateways, gatewayId).del(keys.headsets(gatewayId), keys.lines(gatewayId)).exec()
    },
    async holdHeadset(gatewayId, agentId, legId) {
      await redis.hset(keys.headsets(gatewayId), agentId, legId)
    },
    async dropHeadset(gatewayId, agentId) {
      await redis.hdel(keys.headsets(gatewayId), agentId)
    },
    async headsetsOf(gatewayId) {
      return new Map(Object.entries(await redis.hgetall(keys.headsets(gatewayId))) as [UserId, string][])
    },
  }
}
