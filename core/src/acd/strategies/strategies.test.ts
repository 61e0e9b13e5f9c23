import { describe, expect, it } from 'vitest'
import type { QueueId, SkillId, UserId } from '../../kernel/index.ts'
import type { Candidate } from '../candidate.ts'
import type { Queue } from '../queue.ts'
import { rank } from '../rank.ts'
import { agent, chips, entry, japanese, pairs, queue } from '../test-records.ts'
import type { Turn } from './strategy.ts'

const order = (rules: Partial<Queue>, candidates: Candidate[], turn: Partial<Turn> = {}) =>
  rank(queue('q', rules), candidates, { now: 7_200_000, lastAgentId: null, chance: () => 0.5, ...turn })
    .map(({ candidate }) => candidate.agentId)
    .join(' ')
const levels = (chip: number, nihongo = 0) => ({ [chips]: chip, [japanese]: nihongo }) as Record<SkillId, number>

describe('a strategy', () => {
  it('[AC5a] longest_idle takes whoever is available longest', () => {
    expect(order({}, [agent('late', 9), agent('early', 1), agent('middle', 5)])).toBe('early middle late')
  })

  it('[AC5b] most_skilled sums levels of required and preferred skills, each once, equals by longest idle', () => {
    const candidates = [
      agent('weak', 1, levels(2, 1)),
      agent('late', 9, levels(3, 2)),
      agent('early', 2, levels(1, 4)),
      agent('strong', 8, levels(5, 5)),
    ]
    const rules: Partial<Queue> = { strategy: 'most_skilled', requiredSkills: [{ skillId: chips, level: 1 }] }
    expect(order({ ...rules, preferredSkills: [chips, japanese] }, candidates)).toBe('strong early late weak')
    expect(order(rules, candidates)).toBe('strong late weak early')
  })

  it('[AC5c] least_recent takes whose last call ended longest ago, first those who had none', () => {
    const ended = (name: string, at: number | null, since = 1) => agent(name, since, {}, { lastCallEndedAt: at })
    const candidates = [ended('recent', 900), ended('fresh-late', null, 8), ended('old', 100), ended('fresh', null, 2)]
    expect(order({ strategy: 'least_recent' }, candidates)).toBe('fresh fresh-late old recent')
  })

  it('[AC5d] fewest_calls counts by the hour at work, so that a newcomer has an even share and nobody catches up', () => {
    const hour = 3_600_000
    const worked = (name: string, calls: number, ms: number) =>
      agent(name, 1, {}, { shift: { calls, atWorkMs: ms, atWorkSince: null } })
    // 5 an hour, 6 an hour, and one who began six minutes ago and has had his first call: 10 an hour
    const [steady, busy, newcomer] = [
      worked('steady', 40, 8 * hour),
      worked('busy', 12, 2 * hour),
      worked('new', 1, hour / 10),
    ]
    expect(order({ strategy: 'fewest_calls' }, [busy, newcomer, steady])).toBe('steady busy new')
    expect(order({ strategy: 'fewest_calls' }, [busy, worked('new', 0, 0), steady])).toBe('new steady busy')
    const since = agent('since', 1, {}, { shift: { calls: 9, atWorkMs: 0, atWorkSince: 7_200_000 - 2 * hour } })
    expect(order({ strategy: 'fewest_calls' }, [steady, since])).toBe('since steady')
  })

  it('[AC5e] round_robin goes on behind the one who was offered a caller last, whoever is away', () => {
    const rules: Partial<Queue> = { strategy: 'round_robin', memberOrder: ['c', 'a', 'b'] as UserId[] }
    const all = ['a', 'b', 'c', 'z', 'd'].map((name) => agent(name, 1))
    expect(order(rules, all)).toBe('c a b d z')
    expect(order(rules, all, { lastAgentId: 'a' as UserId })).toBe('b d z c a')
    const withoutA = all.filter(({ agentId }) => agentId !== 'a')
    expect(order(rules, withoutA, { lastAgentId: 'a' as UserId })).toBe('b d z c')
    expect(order(rules, all, { lastAgentId: 'z' as UserId })).toBe('c a b d z')
  })

  it('[AC5f] linear always begins with the first', () => {
    const rules: Partial<Queue> = { strategy: 'linear', memberOrder: ['c', 'a'] as UserId[] }
    const all = ['a', 'b', 'c'].map((name) => agent(name, 1))
    expect(order(rules, all)).toBe('c a b')
    expect(order(rules, all, { lastAgentId: 'c' as UserId })).toBe('c a b')
  })

  it('[AC5g] weighted_random takes whoever has four times the levels four times as often', () => {
    const rules: Partial<Queue> = { strategy: 'weighted_random', preferredSkills: [chips] }
    const candidates = [agent('one', 1, levels(1)), agent('four', 1, levels(4)), agent('none', 1)]
    const chance = seeded(7)
    const first = Array.from({ length: 6_000 }, () => order(rules, candidates, { chance }).split(' ')[0])
    const share = (name: string) => first.filter((it) => it === name).length / first.length
    expect(share('four')).toBeCloseTo(4 / 6, 1)
    expect(share('one')).toBeCloseTo(1 / 6, 1)
    expect(share('none')).toBeCloseTo(1 / 6, 1)
  })

  it('[AC5] ranks own members before those of a step', () => {
    const guest = agent('guest', 1, {}, { queues: ['repair' as QueueId] })
    const steps = [{ afterMs: 30_000, levels: [], groups: ['repair' as QueueId] }]
    expect(order({ steps }, [guest, agent('own', 9)])).toBe('own guest')
  })

  it('[AC5] decides among those who may', () => {
    const candidates = [agent('idle', 1, levels(3)), agent('skilled', 9, levels(5)), agent('unskilled', 0)]
    const rules = { requiredSkills: [{ skillId: chips, level: 1 }] }
    const waiting = [entry('x', 1)]
    expect(pairs([{ queue: queue('q', rules), waiting, candidates }])).toEqual(['x→idle'])
    expect(pairs([{ queue: queue('q', { ...rules, strategy: 'most_skilled' }), waiting, candidates }])).toEqual([
      'x→skilled',
    ])
  })
})

/** A reproducible source of chance (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}
