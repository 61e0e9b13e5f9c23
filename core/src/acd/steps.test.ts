import { describe, expect, it } from 'vitest'
import type { QueueId, UserId } from '../kernel/index.ts'
import { PRIORITY_STEP_MS } from './candidate.ts'
import { lineScore } from './plan-offers.ts'
import { demandAfter, Steps } from './steps.ts'
import { agent, chips, entry, japanese, pairs, plan, queue } from './test-records.ts'

const asked = [
  { skillId: chips, level: 4 },
  { skillId: japanese, level: 2 },
]
const steps = [
  { afterMs: 30_000, levels: [{ skillId: chips, level: 2 }], groups: [] },
  {
    afterMs: 60_000,
    levels: [
      { skillId: chips, level: 3 },
      { skillId: japanese, level: 0 },
    ],
    groups: ['repair' as QueueId],
  },
]

describe('steps', () => {
  it('[AC19] lower what is asked and add members, and never ask more again', () => {
    const rules = queue('sales', { requiredSkills: asked, steps })
    expect(demandAfter(rules, 29_999)).toEqual({ requiredSkills: asked, pools: ['sales'], nextAfterMs: 30_000 })
    expect(demandAfter(rules, 30_000).requiredSkills).toEqual([
      { skillId: chips, level: 2 },
      { skillId: japanese, level: 2 },
    ])
    expect(demandAfter(rules, 60_000)).toEqual({
      requiredSkills: [{ skillId: chips, level: 2 }],
      pools: ['sales', 'repair'],
      nextAfterMs: null,
    })
  })

  it('[AC19] give a caller to whom a step allows, at its place in the line, and say when to plan again', () => {
    const rules = queue('sales', { requiredSkills: asked, steps })
    const waiting = [entry('first', 0), entry('second', 10_000)]
    const candidates = [agent('helper', 1, { [chips]: 2 }, { queues: ['repair' as QueueId] })]
    const state = { queue: rules, waiting, candidates }
    expect(plan([state], 20_000)).toMatchObject({ offers: [], againAt: 30_000 })
    expect(plan([state], 35_000)).toMatchObject({ offers: [], againAt: 40_000 })
    expect(pairs([state], 60_000)).toEqual(['first→helper'])
  })

  it('come in the order of time', () => {
    const [early, late] = [30_000, 60_000].map((afterMs) => ({ afterMs, levels: [], groups: [] }))
    const wrong = Steps.safeParse([late, early])
    expect(wrong.error?.issues[0]).toMatchObject({
      path: [1, 'afterMs'],
      message: 'must be later than the step before',
    })
    expect(Steps.safeParse([early, late]).success).toBe(true)
  })
})

describe('an agent of several queues', () => {
  it('[AC20] has one line in which a unit of weight counts as a minute, so that nobody starves', () => {
    const both = [agent('a', 1)]
    const heavy = queue('repair', { weight: 2 })
    const light = queue('sales')
    const at = (sinceLight: number) =>
      pairs([
        { queue: heavy, waiting: [entry('heavy', 600_000)], candidates: both },
        { queue: light, waiting: [entry('light', 600_000 - sinceLight)], candidates: both },
      ])
    expect(at(2 * PRIORITY_STEP_MS - 1)).toEqual(['heavy→a'])
    expect(at(2 * PRIORITY_STEP_MS + 1)).toEqual(['light→a'])
  })

  it('[AC20] is never taken by who comes later than the greatest head start', () => {
    const [most, least] = [{ weight: 10 }, { weight: 0 }]
    const headStart = 20 * PRIORITY_STEP_MS
    expect(lineScore({ arrivedAt: headStart + 1, priority: 10 }, most)).toBeGreaterThan(
      lineScore({ arrivedAt: 0, priority: 0 }, least),
    )
  })
})

describe('the preferred agent', () => {
  const preferred = { agentId: 'friend' as UserId, until: 45_000 }
  const waiting = [entry('caller', 1_000, { preferred })]
  const rules = queue('sales', { requiredSkills: asked })
  const able = agent('able', 1, { [chips]: 5, [japanese]: 5 })
  const friend = agent('friend', 9, {}, { queues: [] })

  it('[AC21] alone has him for a time, member and skilled or not', () => {
    expect(plan([{ queue: rules, waiting, candidates: [able] }], 44_999)).toMatchObject({ offers: [], againAt: 45_000 })
    expect(pairs([{ queue: rules, waiting, candidates: [able, friend] }], 44_999)).toEqual(['caller→friend'])
  })

  it('[AC21] is one among all afterwards', () => {
    expect(pairs([{ queue: rules, waiting, candidates: [able, friend] }], 45_000)).toEqual(['caller→able'])
    expect(pairs([{ queue: rules, waiting, candidates: [friend] }], 45_000)).toEqual([])
  })

  it('[AC21] is not given a later caller before an earlier one', () => {
    const member = agent('friend', 9)
    const older = entry('older', 500)
    expect(pairs([{ queue: queue('sales'), waiting: [...waiting, older], candidates: [member] }], 2_000)).toEqual([
      'older→friend',
    ])
  })
})
