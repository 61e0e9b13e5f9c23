import { expect, it } from 'vitest'
import type { OfferId, UserId } from '../kernel/index.ts'
import { type Decision, explain } from './decision.ts'
import { agent, chips, entry, plan, queue } from './test-records.ts'

const offerId = '00000000-0000-4000-8000-000000000001' as OfferId
const rules = queue('sales', { requiredSkills: [{ skillId: chips, level: 3 }] })
const verdicts = (decision: Decision) => decision.candidates.map(({ agentId, verdict }) => `${agentId} ${verdict}`)

it('[AC22] says of each candidate why he was passed over, with the parts of his score', () => {
  const first = entry('first', 1)
  const second = entry('second', 2, { refusals: { ['grumpy' as UserId]: 999_000 } })
  const candidates = [
    agent('quick', 1, { [chips]: 3 }),
    agent('grumpy', 2, { [chips]: 3 }),
    agent('weak', 3, { [chips]: 2 }),
    agent('guest', 4, { [chips]: 5 }, { queues: [] }),
    agent('chosen', 5, { [chips]: 4 }),
    agent('later', 6, { [chips]: 5 }),
  ]
  const { offers } = plan([{ queue: rules, waiting: [first, second], candidates }])
  const decision = explain(offers[1]!, new Set([offers[0]!.agentId]), 1_000_000, {
    agentId: offers[1]!.agentId,
    offerId,
  })
  expect(verdicts(decision)).toEqual([
    'quick taken',
    'grumpy refused_lately',
    'weak lacks_skill',
    'chosen offered',
    'later ranked_lower',
    'guest not_a_member',
  ])
  expect(decision).toMatchObject({
    entryId: 'second',
    waitedMs: 999_998,
    strategy: 'longest_idle',
    offerId,
    others: {},
  })
  expect(decision.candidates[1]).toMatchObject({ score: [0, 2], until: 1_009_000 })
  expect(decision.candidates[2]).toMatchObject({ lacks: { skillId: chips, level: 3 } })
})

it('[AC22] tells of callers whom nobody free might have', () => {
  const waits = entry('waits', 1, { preferred: { agentId: 'friend' as UserId, until: 2_000_000 } })
  const { passedOver } = plan([{ queue: queue('sales'), waiting: [waits], candidates: [agent('a', 1)] }])
  const [{ placed, offersBefore }] = passedOver as [(typeof passedOver)[number]]
  expect(offersBefore).toBe(0)
  const nobody = { agentId: null, offerId: null }
  expect(explain(placed, new Set(), 1_000_000, nobody).candidates).toMatchObject([
    { agentId: 'a', verdict: 'waits_for_preferred', until: 2_000_000 },
  ])
})

it('[AC22] counts who stands behind the twentieth', () => {
  const candidates = Array.from({ length: 200 }, (_, i) => agent(`a${i}`, i, { [chips]: i === 150 ? 3 : 1 }))
  const { offers } = plan([{ queue: rules, waiting: [entry('x', 1)], candidates }])
  const decision = explain(offers[0]!, new Set(), 1_000_000, { agentId: 'a150' as UserId, offerId })
  expect(decision.candidates).toHaveLength(21)
  expect(decision.candidates.at(-1)).toMatchObject({ agentId: 'a150', verdict: 'offered' })
  expect(decision.others).toEqual({ lacks_skill: 179 })
})
