import type { QueueId, UserId } from '@ringdown/core/kernel'
import type { PastStay } from '@ringdown/db/postgres'
import { expect, it } from 'vitest'
import { changeRules, RuleChanges } from './change-rules.ts'
import { figuresOf } from './figures.ts'
import { pastDay } from './past-day.ts'
import { plainQueue } from './plain-queue.ts'
import { seededChance } from './random.ts'
import { runDay } from './run-day.ts'

const queue = plainQueue('sales')
const agentId = 'agent' as UserId
const minute = 60_000
const stay = (at: number, waitedMs: number, outcome: PastStay['outcome'], handleMs: number | null): PastStay => ({
  ...{ queueId: 'sales' as QueueId, at, priority: 0, waitedMs, outcome, handleMs },
})
const stays = [
  stay(0, 4_000, 'answered', 5 * minute),
  stay(minute, 2 * minute, 'abandoned', null),
  stay(10 * minute, 5_000, 'answered', 3 * minute),
]
const shown = [
  { agentId, at: 0, state: 'available' },
  { agentId, at: 4_000, state: 'talking' },
  { agentId, at: 6 * minute, state: 'meal' },
  { agentId, at: 9 * minute, state: 'available' },
]
const users = [{ id: agentId, queues: [queue.id], skills: [] }]
const day = (seed: number) => pastDay({ queues: [queue], users, stays, shown, to: 30 * minute }, seededChance(seed))

it('takes arrivals, patience, handle times and shifts from the ledger, and draws what it cannot know', () => {
  const { arrivals, agents } = day(1)
  expect(agents[0]?.shifts).toEqual([
    { from: 0, to: 6 * minute },
    { from: 9 * minute, to: 30 * minute },
  ])
  expect(arrivals.map(({ at }) => at)).toEqual([0, minute, 10 * minute])
  expect(arrivals[1]?.patienceMs).toBe(2 * minute)
  expect(arrivals[0]?.patienceMs).toBeGreaterThan(4_000)
  expect([5 * minute, 3 * minute]).toContain(arrivals[1]?.handleMs)
  expect(arrivals.map(({ handleMs }) => handleMs).filter((_, i) => i !== 1)).toEqual([5 * minute, 3 * minute])
})

it('shows what one more agent would have changed', () => {
  const today = day(1)
  const more = changeRules(today, RuleChanges.parse({ moreAgents: 1 }))
  const abandoned = [today, more].map((each) => figuresOf(runDay(each, seededChance(2)), each.queues).abandoned)
  expect(abandoned).toEqual([1, 0])
})

it('names what is wrong with changed rules', () => {
  expect(() => changeRules(day(1), RuleChanges.parse({ queues: { slaes: { weight: 1 } } }))).toThrow("no queue 'slaes'")
  expect(RuleChanges.safeParse({ queues: { sales: { weight: 99 } } }).error?.issues[0]?.path).toEqual([
    'queues',
    'sales',
    'weight',
  ])
})
