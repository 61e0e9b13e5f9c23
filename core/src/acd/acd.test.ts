import { describe, expect, it } from 'vitest'
import type { UserId } from '../kernel/index.ts'
import { PRIORITY_STEP_MS } from './candidate.ts'
import { REFUSAL_PAUSE_MS } from './eligible.ts'
import { announcedWait, DEFAULT_HANDLE_MS, estimateWait, isReliable } from './ewt.ts'
import { agent, chips, entry, japanese, pairs, plan, queue } from './test-records.ts'

describe('planning', () => {
  it('[AC1] serves by arrival, a step of priority counting as a minute', () => {
    const waiting = [entry('old', 0), entry('urgent', PRIORITY_STEP_MS - 1, { priority: 1 }), entry('new', 5)]
    const candidates = [agent('a', 1), agent('b', 2), agent('c', 3)]
    expect(pairs([{ queue: queue('sales'), waiting, candidates }])).toEqual(['urgent→a', 'old→b', 'new→c'])
  })

  it('[AC2] gives an agent of several queues the caller who waits longest in any of them', () => {
    const both = agent('a', 1)
    const sales = { queue: queue('sales'), waiting: [entry('later', 20)], candidates: [both] }
    const repair = { queue: queue('repair'), waiting: [entry('first', 10)], candidates: [both] }
    expect(pairs([sales, repair])).toEqual(['first→a'])
  })

  it('[AC3] [AC4] passes over a caller whom nobody free may have', () => {
    const chipQueue = queue('chips', { requiredSkills: [{ skillId: chips, level: 3 }] })
    const candidates = [agent('weak', 1, { [chips]: 2 }), agent('other', 1, { [japanese]: 5 })]
    const states = [
      { queue: chipQueue, waiting: [entry('needs-skill', 1)], candidates },
      { queue: queue('sales'), waiting: [entry('any', 2)], candidates },
    ]
    expect(pairs(states)).toEqual(['any→weak'])
    expect(pairs([{ ...states[0]!, candidates: [agent('able', 9, { [chips]: 3 })] }])).toEqual(['needs-skill→able'])
  })

  it('[AC6] keeps an entry for its agent', () => {
    const waiting = [entry('for-b', 1, { forAgentId: 'b' as UserId }), entry('any', 2)]
    const requiredSkills = [{ skillId: chips, level: 5 }]
    const sales = { queue: queue('sales', { requiredSkills }), waiting }
    expect(pairs([{ ...sales, candidates: [agent('a', 1), agent('b', 2)] }])).toEqual(['for-b→b'])
    expect(pairs([{ ...sales, candidates: [agent('a', 1)] }])).toEqual([])
  })

  it('[AC7] spares an agent the contact he did not take, and says when to plan again', () => {
    const waiting = [entry('refused', 1, { refusals: { ['a' as UserId]: 50_000 } }), entry('next', 2)]
    const state = { queue: queue('sales'), waiting, candidates: [agent('a', 1)] }
    const planned = plan([state], 50_001)
    expect(planned.offers.map((o) => o.entry.entryId)).toEqual(['next'])
    expect(planned.againAt).toBe(50_000 + REFUSAL_PAUSE_MS)
    expect(pairs([state], 50_000 + REFUSAL_PAUSE_MS)).toEqual(['refused→a'])
  })

  it('[AC8] never plans an agent or an entry twice', () => {
    const candidates = Array.from({ length: 30 }, (_, i) => agent(`a${i}`, i))
    const states = ['x', 'y', 'z'].map((name, q) => ({
      queue: queue(name),
      waiting: Array.from({ length: 20 }, (_, i) => entry(`${name}${i}`, i * 3 + q)),
      candidates,
    }))
    const { offers } = plan(states, 1_000_000)
    expect(offers).toHaveLength(30)
    expect(new Set(offers.map((o) => o.agentId)).size).toBe(30)
    expect(offers.map((o) => o.entry.arrivedAt)).toEqual(Array.from({ length: 30 }, (_, i) => i))
  })
})

describe('the estimated wait', () => {
  it('[AC14] grows with the position and falls with the agents', () => {
    expect(estimateWait({ position: 3, agents: 2, ready: 0, handleMs: 240_000 })).toBe(360_000)
    expect(estimateWait({ position: 1, agents: 4, ready: 0, handleMs: null })).toBe(DEFAULT_HANDLE_MS / 4)
    expect(estimateWait({ position: 1, agents: 0, ready: 0, handleMs: 240_000 })).toBeNull()
    expect(estimateWait({ position: 3, agents: 4, ready: 2, handleMs: 240_000 })).toBe(60_000)
    expect(estimateWait({ position: 1, agents: 4, ready: 2, handleMs: 240_000 })).toBe(0)
  })

  it('[AC23] is not announced where it was off by more than a minute and half the wait', () => {
    const error = (count: number, meanErrorMs: number, meanWaitMs: number) => ({
      count,
      meanErrorMs,
      meanWaitMs,
      biasMs: 0,
    })
    expect(isReliable(undefined)).toBe(true)
    expect(isReliable(error(19, 999_000, 1_000))).toBe(true)
    expect(isReliable(error(20, 60_000, 1_000))).toBe(true)
    expect(isReliable(error(20, 61_000, 100_000))).toBe(false)
    expect(isReliable(error(20, 100_000, 200_000))).toBe(true)
  })

  it('[AC15] never rises while the caller waits', () => {
    const first = announcedWait(null, 300_000, 0)
    expect(first).toEqual({ waitMs: 300_000, at: 0 })
    expect(announcedWait(first, 400_000, 60_000)).toEqual({ waitMs: 240_000, at: 60_000 })
    expect(announcedWait(first, 90_000, 60_000)).toEqual({ waitMs: 90_000, at: 60_000 })
    expect(announcedWait(first, 90_000, 400_000)).toEqual({ waitMs: 0, at: 400_000 })
    expect(announcedWait(first, null, 60_000)).toBeNull()
  })
})
