import type { UserId } from '@ringdown/core/kernel'
import { unwrap } from '@ringdown/core/kernel'
import { availableAgent, waitingEntry } from '@ringdown/db/redis/testing'
import { expect, it } from 'vitest'
import { createAgents } from '../agents/agents.ts'
import { startTestAcd } from './test-acd.ts'

const CALLERS = 100
const ROUNDS = 200

it(`offers one of ${CALLERS} waiting callers to an agent who becomes available within 100 ms (p99)`, async () => {
  await using centre = startTestAcd()
  const queue = centre.addQueue({ offerMs: 120_000 })
  using agents = createAgents({
    ...centre,
    graces: { pageMs: 60_000, deviceMs: 60_000 },
    readRouting: async () => ({ queues: [queue.id], skills: {}, callsToday: 0, lastCallEndedAt: null }),
    phoneOf: async () => null,
  })
  const offered = new Map<UserId, (at: number) => void>()
  const { record } = centre.ledger
  centre.ledger.record = (contactId, type, at, fact) => {
    record(contactId, type, at, fact)
    if (type === 'offer_made') offered.get((fact as unknown as { agentId: UserId }).agentId)?.(performance.now())
  }
  for (let i = 0; i < CALLERS; i++) await centre.redis.stores.acd.enqueue(waitingEntry(queue.id, i))

  const tookMs: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const status = { chosen: { status: 'not_ready', reason: 'break' }, since: 1, next: null } as const
    const { agentId } = unwrap(
      await centre.agents.save({ ...availableAgent([queue.id]), status, availableSince: null }),
    )
    const { promise, resolve } = Promise.withResolvers<number>()
    offered.set(agentId, resolve)
    const startedAt = performance.now()
    await agents.chooseStatus(agentId, { status: 'available' })
    tookMs.push((await promise) - startedAt)
    await centre.redis.stores.acd.enqueue(waitingEntry(queue.id, CALLERS + round))
  }
  tookMs.sort((a, b) => a - b)
  const percentile = (share: number) => tookMs[Math.ceil(ROUNDS * share) - 1]!
  console.log(
    `agent available → offer: p50 ${percentile(0.5).toFixed(1)} ms, p95 ${percentile(0.95).toFixed(1)} ms, p99 ${percentile(0.99).toFixed(1)} ms`,
  )
  expect(percentile(0.99)).toBeLessThan(100)
})
