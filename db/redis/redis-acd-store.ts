import { type AcdStore, candidateOf } from '@ringdown/core/acd'
import { err, type OfferId, ok, type QueueEntryId, type QueueId, type UserId } from '@ringdown/core/kernel'
import type { Redis } from 'ioredis'
import { toAgent } from './agent-fields.ts'
import { toEntry, toEntryFields, toOffer } from './entry-fields.ts'
import { type FlatHash, fromFlat } from './fields.ts'
import type { RedisKeys } from './keys.ts'
import type { RunScript } from './load-scripts.ts'

/** Queues, offers and the ready index on Redis: each change is one script of `scripts/`. */
export function redisAcdStore(redis: Redis, keys: RedisKeys, run: RunScript): AcdStore {
  const list = async (name: string, args: (string | number)[]) => (await run(name, args)) as FlatHash[]
  return {
    async enqueue(entry) {
      await run('enqueue', toEntryFields(entry))
    },
    async withdraw(entryId, now) {
      const reply = (await run('withdraw', [entryId, now])) as [FlatHash, FlatHash] | null
      if (!reply) return err({ code: 'entry_not_waiting' })
      const [entry, offer] = reply
      return ok({ entry: toEntry(entry), offer: offer.length === 0 ? null : toOffer(offer) })
    },
    async waiting(queueId, limit) {
      return (await list('read-waiting', [queueId, limit === undefined ? -1 : limit - 1])).map(toEntry)
    },
    async positions(queueId) {
      return (await redis.zrange(keys.line + queueId, 0, '-1')) as QueueEntryId[]
    },
    async line(queueId) {
      const entries = await list('read-line', [queueId])
      return entries.map((flat) => ({
        entry: toEntry(flat),
        offerId: (fromFlat(flat)?.offerId ?? null) as OfferId | null,
      }))
    },
    async ready(queueId) {
      const agents = await list('read-ready', [queueId])
      return agents.flatMap((flat) => toAgent(flat) ?? []).map(candidateOf)
    },
    async lastOffered(queueId) {
      return (await redis.hget(keys.turns, queueId)) as UserId | null
    },
    async claim(offer) {
      const { offerId, entryId, contactId, queueId, agentId, gatewayId, offeredAt, expiresAt } = offer
      const args = [offerId, entryId, contactId, queueId, agentId, gatewayId, offeredAt, expiresAt]
      const reply = (await run('claim', args)) as FlatHash | 'agent_not_ready' | 'entry_not_waiting'
      return typeof reply === 'string' ? err({ code: reply }) : ok(toAgent(reply)!)
    },
    async accept(offerId, agentId, segmentId, now) {
      const reply = (await run('accept', [offerId, agentId, segmentId, now])) as FlatHash | 'offer_ended' | 'not_yours'
      return typeof reply === 'string' ? err({ code: reply }) : ok(toOffer(reply))
    },
    async endOffer(offerId, outcome, now, status) {
      const reason = status?.status === 'not_ready' ? status.reason : ''
      const reply = (await run('end-offer', [offerId, outcome, now, status?.status ?? '', reason])) as FlatHash | null
      return reply ? ok(toOffer(reply)) : err({ code: 'offer_ended' })
    },
    async readOffer(offerId) {
      const fields = await redis.hgetall(keys.offer + offerId)
      return fields.offerId === undefined ? undefined : toOffer(Object.entries(fields).flat())
    },
    async expired(now) {
      return (await list('read-expired', [now])).map(toOffer)
    },
    async directQueues(agentId) {
      return [...new Set(await redis.hvals(keys.direct + agentId))] as QueueId[]
    },
    async entriesOf(gatewayId) {
      return (await list('read-held', [gatewayId])).map(toEntry)
    },
  }
}
