import type { LiveOffer } from '@ringdown/core/acd'
import { type QueueId, type SegmentId, type UserId, unwrap } from '@ringdown/core/kernel'
import { openStores } from '@ringdown/db/redis'
import { availableAgent, createTestRedis, newId, offerOf, waitingEntry } from '@ringdown/db/redis/testing'
import { afterAll, describe, expect, it } from 'vitest'

const test = createTestRedis()
/** Connections of their own, as gateways have. */
const connections = Array.from({ length: 50 }, () => test.redis.duplicate())
const gateways = connections.map((redis) => openStores(redis, test.prefix))
const [one, two] = [gateways[0]!, gateways[1]!]
afterAll(async () => {
  for (const redis of connections) redis.disconnect()
  await test[Symbol.asyncDispose]()
})

const won = <T extends { ok: boolean }>(results: T[]) => results.filter((result) => result.ok)
const ready = async (queueId: QueueId) => unwrap(await one.agents.save(availableAgent([queueId])))

describe('racing gateways', () => {
  it('lets exactly one of fifty take an agent', async () => {
    const queueId = newId<QueueId>()
    const agent = await ready(queueId)
    const entries = gateways.map((_, i) => waitingEntry(queueId, i))
    await Promise.all(entries.map((entry) => one.acd.enqueue(entry)))
    const claims = await Promise.all(gateways.map(({ acd }, i) => acd.claim(offerOf(entries[i]!, agent, 1_000))))
    expect(won(claims)).toHaveLength(1)
    expect(await one.acd.waiting(queueId)).toHaveLength(49)
  })

  it('lets exactly one of fifty offer a caller', async () => {
    const queueId = newId<QueueId>()
    const agents = await Promise.all(gateways.map(() => ready(queueId)))
    const entry = waitingEntry(queueId, 1)
    await one.acd.enqueue(entry)
    const claims = await Promise.all(gateways.map(({ acd }, i) => acd.claim(offerOf(entry, agents[i]!, 1_000))))
    expect(won(claims)).toHaveLength(1)
    expect(await one.acd.ready(queueId)).toHaveLength(49)
  })

  it('ends an offer once, whether it is answered, expires, is rejected or the caller hangs up at the same moment', async () => {
    for (let round = 0; round < 40; round++) {
      const queueId = newId<QueueId>()
      const agent = await ready(queueId)
      const entry = waitingEntry(queueId, 1)
      await one.acd.enqueue(entry)
      const offer = offerOf(entry, agent, 1_000)
      unwrap(await one.acd.claim(offer))
      const [accepted, expired, rejected, withdrawn] = await Promise.all([
        gateways[(round + 2) % 50]!.acd.accept(offer.offerId, agent.agentId, newId<SegmentId>(), 2_000),
        gateways[(round + 7) % 50]!.acd.endOffer(offer.offerId, 'expired', 2_000),
        gateways[(round + 11) % 50]!.acd.endOffer(offer.offerId, 'rejected', 2_000),
        gateways[(round + 17) % 50]!.acd.withdraw(entry.entryId, 2_000),
      ])
      const endings = won([accepted, expired, rejected]).length + (withdrawn.ok && withdrawn.value.offer ? 1 : 0)
      expect(endings).toBe(1)
      // the caller is with the agent, or gone: never both, never neither
      expect([accepted.ok, withdrawn.ok].filter(Boolean)).toHaveLength(1)
      expect((await one.agents.read(agent.agentId))?.work.state).toBe(accepted.ok ? 'talking' : 'idle')
      expect(await one.acd.positions(queueId)).toEqual([])
    }
  })

  it('does not lose a status that is chosen while an offer is made', async () => {
    for (let round = 0; round < 40; round++) {
      const queueId = newId<QueueId>()
      const agent = await ready(queueId)
      const entry = waitingEntry(queueId, 1)
      await one.acd.enqueue(entry)
      const meal = { chosen: { status: 'not_ready', reason: 'meal' }, since: 2, next: null } as const
      const [saved, claimed] = await Promise.all([
        two.agents.save({ ...agent, status: meal, availableSince: null }),
        one.acd.claim(offerOf(entry, agent, 1_000)),
      ])
      expect(won<{ ok: boolean }>([saved, claimed])).toHaveLength(1)
    }
  })
})

it('gives a hundred agents a thousand callers, each once, from four gateways that match at the same time', async () => {
  const queueId = newId<QueueId>()
  const agents = await Promise.all(Array.from({ length: 100 }, () => ready(queueId)))
  const entries = Array.from({ length: 1_000 }, (_, i) => waitingEntry(queueId, i))
  await Promise.all(entries.map((entry) => one.acd.enqueue(entry)))
  const offers: LiveOffer[] = []
  const match = async ({ acd }: (typeof gateways)[number]) => {
    const [waiting, free] = await Promise.all([acd.waiting(queueId, 100), acd.ready(queueId)])
    const tries = free.map((agent, i) => offerOf(waiting[i]!, agent, 1_000))
    const claims = await Promise.all(tries.map((offer) => acd.claim(offer)))
    offers.push(...tries.filter((_, i) => claims[i]?.ok))
  }
  await Promise.all(gateways.slice(0, 4).map(match))
  expect(new Set(offers.map((offer) => offer.agentId)).size).toBe(offers.length)
  expect(new Set(offers.map((offer) => offer.entryId)).size).toBe(offers.length)
  const ringing = await Promise.all(agents.map(({ agentId }) => one.agents.read(agentId as UserId)))
  expect(ringing.filter((agent) => agent?.work.state === 'ringing')).toHaveLength(offers.length)
  expect(offers.length).toBeGreaterThan(0)
})
