import { type QueueId, type SkillId, type UserId, unwrap } from '@ringdown/core/kernel'
import { availableAgent, newId, waitingEntry } from '@ringdown/db/redis/testing'
import { startTestAcd } from '../../gateway/src/acd/test-acd.ts'
import { createAgents } from '../../gateway/src/agents/agents.ts'
import { type Percentiles, percentilesOf } from './percentiles.ts'

export type MatchingStep = {
  waiting: number
  queues: number
  agents: number
  /** From the agent's command to be available until the offer is made, one at a time. */
  toOffer: Percentiles
  /** Offers a second when many agents become available at once. */
  offersPerSecond: number
}

const SKILLS = 5
const QUEUES_OF_AN_AGENT = 3

/** Matching alone, on real Redis, without telephones: how the delay grows with callers, queues and agents. */
export async function measureMatching({ quick }: { quick: boolean }): Promise<MatchingStep[]> {
  const steps = [
    { waiting: 10, queues: 1, agents: 50 },
    { waiting: 100, queues: 1, agents: 100 },
    { waiting: 1_000, queues: 10, agents: 500 },
    { waiting: 10_000, queues: 50, agents: 2_000 },
  ]
  const measured: MatchingStep[] = []
  for (const step of quick ? steps.slice(0, 2) : steps) measured.push(await measure(step, quick ? 30 : 200))
  return measured
}

async function measure(step: Omit<MatchingStep, 'toOffer' | 'offersPerSecond'>, rounds: number): Promise<MatchingStep> {
  await using centre = startTestAcd()
  const { acd: store, agents: agentStore } = centre.redis.stores
  const skills = Array.from({ length: SKILLS }, () => newId<SkillId>())
  const queues = Array.from({ length: step.queues }, (_, i) =>
    centre.addQueue({ offerMs: 120_000, requiredSkills: [{ skillId: skills[i % SKILLS]!, level: 2 }] }),
  )
  using agents = createAgents({
    ...centre,
    graces: { pageMs: 3_600_000, deviceMs: 60_000 },
    readRouting: async () => ({ queues: [], skills: {}, callsToday: 0, lastCallEndedAt: null }),
    phoneOf: async () => null,
  })
  const offered = new Map<UserId, (at: number) => void>()
  centre.ledger.record = (_, type, __, fact) => {
    if (type === 'offer_made') offered.get((fact as unknown as { agentId: UserId }).agentId)?.(performance.now())
  }
  let arrivedAt = 0
  const enqueue = () => store.enqueue(waitingEntry(queues[arrivedAt % queues.length]!.id, arrivedAt++))
  for (let i = 0; i < step.waiting; i += 500)
    await Promise.all(Array.from({ length: Math.min(500, step.waiting - i) }, enqueue))

  const levels = Object.fromEntries(skills.map((id) => [id, 3]))
  const resting = { chosen: { status: 'not_ready', reason: 'break' }, since: 1, next: null } as const
  const members = Array.from({ length: step.agents }, (_, i) => {
    const own = Array.from(
      { length: Math.min(QUEUES_OF_AN_AGENT, queues.length) },
      (_, n) => queues[(i * 7 + n * 11) % queues.length]!.id,
    )
    return { ...availableAgent([...new Set<QueueId>(own)]), skills: levels, status: resting, availableSince: null }
  })
  for (let i = 0; i < members.length; i += 500)
    await Promise.all(members.slice(i, i + 500).map(async (member) => unwrap(await agentStore.save(member))))

  const alone = members.slice(0, Math.min(rounds, step.agents / 2))
  const toOffer: number[] = []
  for (const { agentId } of alone) {
    const rings = ringsAt(agentId)
    const startedAt = performance.now()
    await agents.chooseStatus(agentId, { status: 'available' })
    toOffer.push((await rings) - startedAt)
    await enqueue()
  }
  const together = members.slice(alone.length, alone.length + Math.min(500, step.waiting))
  const rings = together.map(({ agentId }) => ringsAt(agentId))
  const startedAt = performance.now()
  await Promise.all(together.map(({ agentId }) => agents.chooseStatus(agentId, { status: 'available' })))
  const last = Math.max(...(await Promise.all(rings)))
  const offersPerSecond = Math.round((1000 * together.length) / (last - startedAt))
  return { ...step, toOffer: percentilesOf(toOffer), offersPerSecond }

  function ringsAt(agentId: UserId): Promise<number> {
    const { promise, resolve } = Promise.withResolvers<number>()
    offered.set(agentId, resolve)
    return promise
  }
}
