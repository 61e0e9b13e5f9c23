import type { AcdStore } from '@ringdown/core/acd'
import type { AgentStore } from '@ringdown/core/agent'
import type { LiveContactStore } from '@ringdown/core/contact'
import type { Redis } from 'ioredis'
import { type EventSpool, eventSpool } from './event-spool.ts'
import { type GatewayRegistry, gatewayRegistry } from './gateway-registry.ts'
import { redisKeys } from './keys.ts'
import { type LiveEpoch, liveEpoch } from './live-epoch.ts'
import { loadScripts } from './load-scripts.ts'
import { redisAcdStore } from './redis-acd-store.ts'
import { redisAgentStore } from './redis-agent-store.ts'
import { redisLiveContactStore } from './redis-live-contact-store.ts'

/** All live state, over one connection: commands sent at once travel together. */
export type LiveStores = {
  acd: AcdStore
  agents: AgentStore
  contacts: LiveContactStore
  gateways: GatewayRegistry
  epoch: LiveEpoch
  spool: EventSpool
}

/** @param prefix separates copies of Ringdown that share a Redis. */
export function openStores(redis: Redis, prefix?: string): LiveStores {
  const keys = redisKeys(prefix)
  const run = loadScripts(redis, keys)
  return {
    acd: redisAcdStore(redis, keys, run),
    agents: redisAgentStore(redis, keys, run),
    contacts: redisLiveContactStore(redis, keys),
    gateways: gatewayRegistry(redis, keys),
    epoch: liveEpoch(redis, keys),
    spool: eventSpool(redis, keys),
  }
}
