import type { AgentStore } from '@ringdown/core/agent'
import { err, ok } from '@ringdown/core/kernel'
import type { Redis } from 'ioredis'
import { toAgent, toAgentFields } from './agent-fields.ts'
import type { FlatHash } from './fields.ts'
import type { RedisKeys } from './keys.ts'
import type { RunScript } from './load-scripts.ts'

/** Agent records on Redis. What offers change in them is written by `redisAcdStore`; both raise the one version. */
export function redisAgentStore(redis: Redis, keys: RedisKeys, run: RunScript): AgentStore {
  return {
    async read(agentId) {
      return toAgent(Object.entries(await redis.hgetall(keys.agent + agentId)).flat())
    },
    async readAll() {
      return ((await run('read-agents', [])) as FlatHash[]).flatMap((flat) => toAgent(flat) ?? [])
    },
    async save(record) {
      const version = (await run('save-agent', [record.agentId, record.version, ...toAgentFields(record)])) as number
      return version === 0 ? err({ code: 'stale' }) : ok({ ...record, version })
    },
    async see(agentIds, at) {
      if (agentIds.length > 0) await run('see-agents', [at, ...agentIds])
    },
    async remove({ agentId, version }) {
      return (await run('remove-agent', [agentId, version])) === 1 ? ok(undefined) : err({ code: 'stale' })
    },
  }
}
