import { type OfferId, type QueueId, type SegmentId, type SkillId, unwrap } from '@ringdown/core/kernel'
import { availableAgent, newId, waitingEntry } from '@ringdown/db/redis/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { startTestAcd } from './test-acd.ts'
import { liveContact } from './test-gateway.ts'
import { createWhyNow } from './why-now.ts'

let desk: ReturnType<typeof startTestAcd>
beforeEach(() => {
  desk = startTestAcd()
})
afterEach(() => desk[Symbol.asyncDispose]())

const offersMade = () => desk.contactEvents.filter((e) => e.type === 'offer_made')
const outcomes = () => desk.contactEvents.flatMap((e) => (e.type === 'offer_ended' ? [e.outcome] : []))
const settled = () => desk.acd.dispatcher.settled()

async function ringing(offerMs = 15_000) {
  const queue = desk.addQueue({ offerMs })
  const agent = await desk.save(availableAgent([queue.id]))
  const entry = waitingEntry(queue.id, Date.now())
  await desk.acd.store.enqueue(entry)
  await settled()
  const offerId = offersMade().at(-1)!.offerId as OfferId
  return { queue, agent, entry, offerId }
}

it('[AC13] offers a caller who arrives to a free agent, and a free agent the next caller', async () => {
  const { entry, agent, queue } = await ringing()
  expect(offersMade()).toMatchObject([{ entryId: entry.entryId, agentId: agent.agentId, queueId: queue.id }])
  const next = waitingEntry(queue.id, Date.now())
  await desk.acd.store.enqueue(next)
  await settled()
  expect(offersMade()).toHaveLength(1)
  const second = await desk.save(availableAgent([queue.id]))
  await settled()
  expect(offersMade().at(-1)).toMatchObject({ entryId: next.entryId, agentId: second.agentId })
})

it('[AC2] takes the longest waiting caller of all queues of an agent', async () => {
  const [sales, repair] = [desk.addQueue(), desk.addQueue()]
  const [later, first] = [waitingEntry(sales.id, 2_000), waitingEntry(repair.id, 1_000)]
  for (const entry of [later, first]) await desk.acd.store.enqueue(entry)
  await desk.save(availableAgent([sales.id, repair.id]))
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: first.entryId }])
})

it('[AC3] finds the caller an agent may have behind a hundred whom he may not', async () => {
  const queue = desk.addQueue()
  const [absent, agent] = [availableAgent([]), availableAgent([queue.id])]
  for (let i = 0; i < 120; i++)
    await desk.redis.stores.acd.enqueue(waitingEntry(queue.id, i, { forAgentId: absent.agentId }))
  const open = waitingEntry(queue.id, 500)
  await desk.acd.store.enqueue(open)
  await desk.save(agent)
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: open.entryId, agentId: agent.agentId }])
})

it('[AC6] offers an entry for one agent to him, member of the queue or not, as soon as he is free', async () => {
  const queue = desk.addQueue()
  const target = availableAgent([])
  await desk.save(availableAgent([queue.id]))
  const entry = waitingEntry(queue.id, 1_000, { forAgentId: target.agentId })
  await desk.acd.store.enqueue(entry)
  await settled()
  expect(offersMade()).toEqual([])
  await desk.save(target)
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: entry.entryId, agentId: target.agentId }])
})

it('[AC11] [AC12] sends a rejected caller on at once, and spares the agent only him', async () => {
  const { queue, agent, entry, offerId } = await ringing()
  const second = await desk.save(availableAgent([queue.id]))
  unwrap(await desk.acd.store.endOffer(offerId, 'rejected', Date.now()))
  await expect.poll(() => offersMade().length).toBe(2)
  await settled()
  expect(offersMade().at(-1)).toMatchObject({ entryId: entry.entryId, agentId: second.agentId })
  const next = waitingEntry(queue.id, Date.now())
  await desk.acd.store.enqueue(next)
  await settled()
  expect(offersMade().at(-1)).toMatchObject({ entryId: next.entryId, agentId: agent.agentId })
  expect(outcomes()).toEqual(['rejected'])
})

it('[AC9] [AC10] expires an unanswered offer, refuses the late answer and offers the caller to the next', async () => {
  const { queue, agent, entry, offerId } = await ringing(300)
  const second = await desk.save(availableAgent([queue.id]))
  await expect.poll(() => offersMade().length).toBe(2)
  expect(offersMade().at(-1)).toMatchObject({ entryId: entry.entryId, agentId: second.agentId })
  expect(await desk.acd.store.accept(offerId, agent.agentId, newId<SegmentId>(), Date.now())).toMatchObject({
    error: { code: 'offer_ended' },
  })
  expect(outcomes()[0]).toBe('expired')
  expect((await desk.agents.read(agent.agentId))?.status.chosen).toEqual({ status: 'not_ready', reason: 'missed' })
})

it('frees the agent when the caller hangs up, for the next caller', async () => {
  const { queue, agent, entry } = await ringing()
  const next = waitingEntry(queue.id, Date.now())
  await desk.acd.store.enqueue(next)
  unwrap(await desk.acd.store.withdraw(entry.entryId, Date.now()))
  await expect.poll(() => offersMade().length).toBe(2)
  expect(offersMade().at(-1)).toMatchObject({ entryId: next.entryId, agentId: agent.agentId })
})

it('logs what the agent shows at every step', async () => {
  const { agent, offerId } = await ringing()
  unwrap(await desk.acd.store.accept(offerId, agent.agentId, newId<SegmentId>(), Date.now()))
  const shown = desk.messages.flatMap((m) => (m.kind === 'agent' ? [[m.event.previous, m.event.state]] : []))
  expect(shown).toEqual([
    ['available', 'ringing'],
    ['ringing', 'talking'],
  ])
})

it('goes on when a queue does not exist', async () => {
  const queue = desk.addQueue()
  await desk.acd.store.enqueue(waitingEntry(newId<QueueId>(), 1))
  const entry = waitingEntry(queue.id, 2)
  await desk.acd.store.enqueue(entry)
  await desk.save(availableAgent([queue.id]))
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: entry.entryId }])
})

it('[AC19] [AC13] offers a caller at the instant a step begins, to a member of another queue', async () => {
  const helpers = desk.addQueue()
  const queue = desk.addQueue({ steps: [{ afterMs: 1_000, levels: [], groups: [helpers.id] }] })
  const helper = await desk.save(availableAgent([helpers.id]))
  const entry = waitingEntry(queue.id, Date.now() - 700)
  await desk.acd.store.enqueue(entry)
  await settled()
  expect(offersMade()).toEqual([])
  await expect.poll(() => offersMade().length).toBe(1)
  expect(offersMade()).toMatchObject([{ entryId: entry.entryId, agentId: helper.agentId }])
  expect(offersMade()[0]!.at - entry.arrivedAt).toBeGreaterThanOrEqual(1_000)
})

it('[AC19] asks a freed agent for the callers of queues that lead to his', async () => {
  const helpers = desk.addQueue()
  const queue = desk.addQueue({ steps: [{ afterMs: 1_000, levels: [], groups: [helpers.id] }] })
  const entry = waitingEntry(queue.id, Date.now() - 2_000)
  await desk.acd.store.enqueue(entry)
  const helper = await desk.save(availableAgent([helpers.id]))
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: entry.entryId, agentId: helper.agentId }])
})

it('[AC5e] goes round the members whichever gateway matches', async () => {
  const agents = Array.from({ length: 3 }, () => availableAgent([]))
  const memberOrder = agents.map(({ agentId }) => agentId)
  const queue = desk.addQueue({ strategy: 'round_robin', memberOrder })
  for (const agent of agents) await desk.save({ ...agent, queues: [queue.id] })
  await settled()
  for (let call = 0; call < 5; call++) {
    await using other = startTestAcd({ ...desk.redis, [Symbol.asyncDispose]: async () => undefined })
    other.addQueue(queue)
    await other.acd.store.enqueue(waitingEntry(queue.id, Date.now()))
    await other.acd.dispatcher.settled()
    const [offer] = other.contactEvents.filter((e) => e.type === 'offer_made')
    expect(offer).toMatchObject({ agentId: memberOrder[call % 3] })
    unwrap(await other.acd.store.withdraw(offer!.entryId, Date.now()))
    // what follows the withdrawal was asked before this
    await other.agents.read(offer!.agentId)
  }
})

it('[AC21] keeps a caller for the agent he knows, and gives him to anybody after that', async () => {
  const queue = desk.addQueue()
  const [friend, other] = [availableAgent([]), availableAgent([queue.id])]
  const preferred = { agentId: friend.agentId, until: Date.now() + 400 }
  await desk.save(other)
  const [first, second] = [1, 2].map((n) => waitingEntry(queue.id, n, { preferred }))
  await desk.acd.store.enqueue(first!)
  await settled()
  expect(offersMade()).toEqual([])
  await desk.save(friend)
  await settled()
  expect(offersMade()).toMatchObject([{ entryId: first!.entryId, agentId: friend.agentId }])
  await desk.acd.store.enqueue(second!)
  await expect.poll(() => offersMade().length).toBe(2)
  expect(offersMade()[1]).toMatchObject({ entryId: second!.entryId, agentId: other.agentId })
  expect(offersMade()[1]!.at).toBeGreaterThanOrEqual(preferred.until)
})

it('[AC22] keeps why each caller was offered to whom, and tells a waiting one once', async () => {
  const skillId = newId<SkillId>()
  const queue = desk.addQueue({ requiredSkills: [{ skillId, level: 2 }] })
  const weak = await desk.save(availableAgent([queue.id]))
  const entry = waitingEntry(queue.id, Date.now())
  await desk.acd.store.enqueue(entry)
  await settled()
  for (let again = 0; again < 3; again++) {
    desk.acd.dispatcher.queue(queue.id)
    await settled()
  }
  const able = await desk.save({ ...availableAgent([queue.id], 2_000), skills: { [skillId]: 2 } })
  await settled()
  await desk.decisionsWritten()
  const lacks = { agentId: weak.agentId, verdict: 'lacks_skill', lacks: { skillId, level: 2 } }
  const [{ offerId }] = offersMade() as [ReturnType<typeof offersMade>[number]]
  expect(desk.decisions).toMatchObject([
    { contactId: entry.contactId, agentId: null, candidates: [lacks] },
    { agentId: able.agentId, offerId, candidates: [lacks, { agentId: able.agentId, verdict: 'offered' }] },
  ])
})

it('[AC22] tells why a caller waits now, agents who are not ready included', async () => {
  const queue = desk.addQueue()
  const [free, away] = [await desk.save(availableAgent([queue.id])), availableAgent([queue.id])]
  const meal = { chosen: { status: 'not_ready', reason: 'meal' }, since: 2, next: null } as const
  await desk.save({ ...away, status: meal, availableSince: null })
  const entry = waitingEntry(queue.id, Date.now(), { refusals: {} })
  await desk.acd.store.enqueue(entry)
  await settled()
  const { offerId } = offersMade()[0]!
  unwrap(await desk.acd.store.endOffer(offerId as OfferId, 'rejected', Date.now()))
  await desk.redis.stores.contacts.write(
    liveContact(entry.contactId, 'gateway-1', {
      queue: { queueId: queue.id, entryId: entry.entryId, arrivedAt: 1, enteredAt: 1, leftAt: null },
    }),
  )
  const whyNow = createWhyNow({
    ...desk,
    acd: desk.redis.stores.acd,
    live: desk.redis.stores.contacts,
    queues: desk.book,
  })
  expect(await whyNow(entry.contactId)).toMatchObject({
    position: 1,
    agentId: null,
    candidates: [
      { agentId: free.agentId, verdict: 'refused_lately' },
      { agentId: away.agentId, verdict: 'not_ready', state: 'meal' },
    ],
  })
  expect(await whyNow(newId())).toBeNull()
})
