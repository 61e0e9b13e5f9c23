import type { QueueId, SkillId, UserId } from '@ringdown/core/kernel'
import { describe, expect, it } from 'vitest'
import type { Arrival, Day } from './day.ts'
import { erlangA, erlangC, waitProbability } from './erlang.ts'
import { figuresOf } from './figures.ts'
import { generateDay, type Made } from './generate-day.ts'
import { plainQueue } from './plain-queue.ts'
import { seededChance } from './random.ts'
import { runDay } from './run-day.ts'

const queue = plainQueue('sales')
const within = (share: number, of: number) => ({ least: of * (1 - share), most: of * (1 + share) })
function near(value: number | null, of: number, share: number): void {
  const { least, most } = within(share, of)
  expect(value).toBeGreaterThan(least)
  expect(value).toBeLessThan(most)
}
/** Long enough for a mean to settle. */
const long: Made = { queue, callsPerHour: 200, hours: 200, agents: 14, handleMs: 180_000, patienceMs: Infinity }
const figures = (made: Made, seed = 11) => {
  const day = generateDay(made, seededChance(seed))
  return figuresOf(runDay(day, seededChance(seed + 1)), day.queues)
}

describe('Erlang', () => {
  it('C gives the textbook values for 200 calls an hour of three minutes', () => {
    // 10 Erlang and 14 agents: 17.4 % wait, 88.8 % within 20 s, 7.8 s on average, 71.4 % busy
    const { waits, serviceLevel, asaMs, occupancy } = erlangC({ load: 10, agents: 14 }, 180_000, 20_000)
    expect(waits).toBeCloseTo(0.1741, 4)
    expect(serviceLevel).toBeCloseTo(0.8884, 4)
    expect(asaMs).toBeCloseTo(7_835, -1)
    expect(occupancy).toBeCloseTo(0.7143, 4)
    expect(waitProbability({ load: 2, agents: 3 })).toBeCloseTo(4 / 9, 10)
    expect(waitProbability({ load: 3, agents: 3 })).toBe(1)
  })

  it('A is a Poisson distribution where callers are as patient as calls are long, and C where they never leave', () => {
    // M/M/n+M with patience = handle time: the number in the system is Poisson(load)
    let p = Math.exp(-10)
    let line = 0
    for (let n = 1; n < 100; n++) {
      p *= 10 / n
      line += Math.max(0, n - 12) * p
    }
    const equal = erlangA({ load: 10, agents: 12 }, 180_000, 180_000)
    expect(equal.abandons).toBeCloseTo(line / 10, 10)
    expect(equal.meanWaitMs).toBeCloseTo((line / 10) * 180_000, 5)
    const patient = erlangA({ load: 10, agents: 14 }, 180_000, 1e12)
    expect(patient.meanWaitMs).toBeCloseTo(erlangC({ load: 10, agents: 14 }, 180_000, 20_000).asaMs, 0)
  })
})

describe('a simulated day', () => {
  it('agrees with Erlang C where nobody hangs up', () => {
    const expected = erlangC({ load: 10, agents: 14 }, 180_000, 20_000)
    const { serviceLevel, asaMs, occupancy, abandoned } = figures(long)
    near(serviceLevel, expected.serviceLevel, 0.01)
    near(asaMs, expected.asaMs, 0.08)
    near(occupancy, expected.occupancy, 0.01)
    expect(abandoned).toBe(0)
  })

  it('agrees with Erlang A in a centre that is overrun', () => {
    const made = { ...long, agents: 9, patienceMs: 120_000 }
    const expected = erlangA({ load: 10, agents: 9 }, 180_000, 120_000)
    const day = generateDay(made, seededChance(5))
    const outcome = runDay(day, seededChance(6))
    const { abandoned, offered } = figuresOf(outcome, day.queues)
    near(abandoned / offered, expected.abandons, 0.03)
    near(outcome.stays.reduce((sum, stay) => sum + stay.waitedMs, 0) / offered, expected.meanWaitMs, 0.03)
  })

  it('is the same again, and ends each stay once', () => {
    const day = generateDay({ ...long, hours: 8, agents: 10, patienceMs: 60_000 }, seededChance(3))
    const [one, two] = [1, 2].map(() => runDay(day, seededChance(4)))
    expect(one).toEqual(two)
    expect(one!.stays).toHaveLength(day.arrivals.length)
  })

  it('follows the strategy: calls go round, or always to the first', () => {
    const arrivals = Array.from({ length: 40 }, (_, n) => callOf(queue.id, n * 60_000, 30_000))
    const takers = (strategy: 'linear' | 'fewest_calls') => {
      const day: Day = { queues: [{ ...queue, strategy }], arrivals, agents: team(4), answerMs: 0 }
      return new Set(runDay(day, seededChance(1)).stays.map((stay) => stay.agentId)).size
    }
    expect(takers('linear')).toBe(1)
    expect(takers('fewest_calls')).toBe(4)
  })

  it('opens a step to the members of another queue at its time', () => {
    const skillId = 'skill' as SkillId
    const helped = plainQueue('helped', {
      requiredSkills: [{ skillId, level: 3 }],
      steps: [{ afterMs: 30_000, levels: [{ skillId, level: 0 }], groups: ['sales' as QueueId] }],
    })
    const day: Day = {
      queues: [helped, queue],
      arrivals: [callOf(helped.id, 1_000, 5_000)],
      agents: team(1),
      answerMs: 2_000,
    }
    expect(runDay(day, seededChance(1)).stays).toEqual([
      { queueId: helped.id, at: 1_000, waitedMs: 32_000, outcome: 'answered', agentId: 'a0' },
    ])
  })
})

const callOf = (queueId: QueueId, at: number, handleMs: number): Arrival => ({
  ...{ queueId, at, handleMs, priority: 0, patienceMs: Number.POSITIVE_INFINITY },
})

const team = (count: number): Day['agents'] =>
  Array.from({ length: count }, (_, n) => ({
    agentId: `a${n}` as UserId,
    queues: ['sales' as QueueId],
    skills: {},
    shifts: [{ from: 0, to: 86_400_000 }],
  }))
