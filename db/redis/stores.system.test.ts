import { PRIORITY_STEP_MS } from '@ringdown/core/acd'
import { type ContactId, type QueueId, type SegmentId, type UserId, unwrap } from '@ringdown/core/kernel'
import { afterAll, describe, expect, it } from 'vitest'
import { availableAgent, newId, offerOf, waitingEntry } from './test-records.ts'
import { createTestRedis } from './test-redis.ts'

const test = createTestRedis()
afterAll(() => test[Symbol.asyncDispose]())
const { acd, agents, gateways } = test.stores

async function ringing() {
  const queueId = newId<QueueId>()
  const agent = unwrap(await agents.save(availableAgent([queueId])))
  const entry = waitingEntry(queueId, 1_000)
  await acd.enqueue(entry)
  const offer = offerOf(entry, agent, 2_000)
  const record = unwrap(await acd.claim(offer))
  return { queueId, agent, entry, offer, record }
}

describe('agents', () => {
  it('come back as they were saved, whatever they do', async () => {
    const queueId = newId<QueueId>()
    const base = availableAgent([queueId, newId<QueueId>()])
    const contactId = newId<ContactId>()
    const segmentId = newId<SegmentId>()
    const works = [
      { state: 'idle', since: 5 },
      { state: 'talking', since: 5, contactId, segmentId, queueId },
      { state: 'held', since: 5, contactId, segmentId, queueId: null },
      { state: 'wrap_up', since: 5, contactId, segmentId, queueId, endsAt: 99 },
    ] as const
    let version = 0
    for (const work of works) {
      const saved = unwrap(await agents.save({ ...base, work, version, skills: { [newId()]: 3 } }))
      expect(await agents.read(base.agentId)).toEqual(saved)
      version = saved.version
    }
    const signedOut = { ...base, version, session: null, availableSince: null, queues: [] }
    signedOut.device = { kind: 'sip', proven: false, since: 7, address: null } as never
    signedOut.status = { chosen: { status: 'not_ready', reason: 'meal' }, since: 8, next: { status: 'available' } }
    const saved = unwrap(await agents.save(signedOut))
    expect(await agents.read(base.agentId)).toEqual(saved)
    expect((await agents.readAll()).filter((a) => a.agentId === base.agentId)).toEqual([saved])
  })

  it('are not overwritten by who read them too early', async () => {
    const agent = unwrap(await agents.save(availableAgent([])))
    expect(agent.version).toBe(1)
    expect((await agents.save(agent)).ok).toBe(true)
    expect(await agents.save(agent)).toEqual({ ok: false, error: { code: 'stale' } })
    expect(await agents.remove(agent)).toEqual({ ok: false, error: { code: 'stale' } })
  })

  it('are in the ready index of every queue they belong to, exactly while routable', async () => {
    const [first, second] = [newId<QueueId>(), newId<QueueId>()]
    const agent = unwrap(await agents.save(availableAgent([first])))
    const readyIn = async (queueId: QueueId) => (await acd.ready(queueId)).map((c) => c.agentId)
    expect(await readyIn(first)).toEqual([agent.agentId])
    const moved = unwrap(await agents.save({ ...agent, queues: [second] }))
    expect([await readyIn(first), await readyIn(second)]).toEqual([[], [agent.agentId]])
    const unproven = unwrap(await agents.save({ ...moved, device: { ...moved.device, proven: false } }))
    expect(await readyIn(second)).toEqual([])
    const back = unwrap(await agents.save({ ...unproven, device: moved.device }))
    expect(await readyIn(second)).toEqual([agent.agentId])
    await agents.remove(back)
    expect([await readyIn(second), await agents.read(agent.agentId)]).toEqual([[], undefined])
  })

  it('are seen without a change of their version', async () => {
    const agent = unwrap(await agents.save(availableAgent([], 1_000)))
    await agents.see([agent.agentId, newId()], 9_000)
    const seen = await agents.read(agent.agentId)
    expect([seen?.version, seen?.session?.seenAt]).toEqual([agent.version, 9_000])
    unwrap(await agents.save(agent))
    expect((await agents.read(agent.agentId))?.session?.seenAt).toBe(9_000)
  })
})

describe('entries', () => {
  it('wait in the order of arrival, a priority step counting as a minute', async () => {
    const queueId = newId<QueueId>()
    const late = waitingEntry(queueId, 100_000)
    const early = waitingEntry(queueId, 50_000)
    const urgent = waitingEntry(queueId, 50_001 + PRIORITY_STEP_MS, { priority: 1 })
    for (const entry of [late, urgent, early, early]) await acd.enqueue(entry)
    expect(await acd.waiting(queueId)).toEqual([early, urgent, late])
    expect(await acd.waiting(queueId, 2)).toEqual([early, urgent])
    expect(await acd.positions(queueId)).toEqual([early.entryId, urgent.entryId, late.entryId])
  })

  it('leave once', async () => {
    const queueId = newId<QueueId>()
    const entry = waitingEntry(queueId, 1_000)
    await acd.enqueue(entry)
    expect(await acd.entriesOf('gateway-1')).toContainEqual(entry)
    expect(await acd.withdraw(entry.entryId, 2_000)).toEqual({ ok: true, value: { entry, offer: null } })
    expect(await acd.withdraw(entry.entryId, 2_000)).toEqual({ ok: false, error: { code: 'entry_not_waiting' } })
    expect(await acd.waiting(queueId)).toEqual([])
    expect(await acd.positions(queueId)).toEqual([])
    expect(await acd.entriesOf('gateway-1')).not.toContainEqual(entry)
  })

  it('for one agent are given to no other', async () => {
    const queueId = newId<QueueId>()
    const [target, other] = [availableAgent([]), availableAgent([queueId])]
    for (const agent of [target, other]) unwrap(await agents.save(agent))
    const entry = waitingEntry(queueId, 1_000, { forAgentId: target.agentId })
    await acd.enqueue(entry)
    expect(await acd.directQueues(target.agentId)).toEqual([queueId])
    expect(await acd.claim(offerOf(entry, other, 2_000))).toMatchObject({ error: { code: 'entry_not_waiting' } })
    const offer = offerOf(entry, target, 2_000)
    unwrap(await acd.claim(offer))
    unwrap(await acd.accept(offer.offerId, target.agentId, newId<SegmentId>(), 3_000))
    expect(await acd.directQueues(target.agentId)).toEqual([])
  })
})

describe('an offer', () => {
  it('makes the agent ring and takes the entry from the waiting, but not from the line', async () => {
    const { queueId, entry, offer, record, agent } = await ringing()
    expect(record).toEqual({
      ...agent,
      version: agent.version + 1,
      work: {
        state: 'ringing',
        since: 2_000,
        offerId: offer.offerId,
        contactId: entry.contactId,
        queueId,
        expiresAt: 17_000,
      },
    })
    expect([await acd.ready(queueId), await acd.waiting(queueId)]).toEqual([[], []])
    expect(await acd.positions(queueId)).toEqual([entry.entryId])
    expect(await acd.line(queueId)).toEqual([{ entry: { ...entry, offers: 1 }, offerId: offer.offerId }])
    expect(await acd.readOffer(offer.offerId)).toEqual(offer)
  })

  it('is refused for an agent who rings, and for an entry that is offered', async () => {
    const { queueId, agent, entry } = await ringing()
    const other = unwrap(await agents.save(availableAgent([queueId])))
    expect(await acd.claim(offerOf(entry, other, 2_000))).toMatchObject({ error: { code: 'entry_not_waiting' } })
    const next = waitingEntry(queueId, 1_000)
    await acd.enqueue(next)
    expect(await acd.claim(offerOf(next, agent, 2_000))).toMatchObject({ error: { code: 'agent_not_ready' } })
  })

  it('is accepted once, by the agent it was made to, before its deadline', async () => {
    const { offer, agent, queueId, entry } = await ringing()
    const segmentId = newId<SegmentId>()
    expect(await acd.accept(offer.offerId, newId(), segmentId, 3_000)).toMatchObject({ error: { code: 'not_yours' } })
    expect(await acd.accept(offer.offerId, agent.agentId, segmentId, offer.expiresAt)).toMatchObject({
      error: { code: 'offer_ended' },
    })
    expect(await acd.accept(offer.offerId, agent.agentId, segmentId, 3_000)).toEqual({ ok: true, value: offer })
    expect(await acd.accept(offer.offerId, agent.agentId, segmentId, 3_000)).toMatchObject({
      error: { code: 'offer_ended' },
    })
    expect(await agents.read(agent.agentId)).toMatchObject({
      work: { state: 'talking', since: 3_000, segmentId, contactId: entry.contactId, queueId },
      availableSince: null,
      callsToday: 1,
    })
    expect(await acd.positions(queueId)).toEqual([])
    expect(await acd.expired(offer.expiresAt)).not.toContainEqual(offer)
  })

  it('that expires is found, ended once, and gives the entry its old place back', async () => {
    const { offer, agent, queueId, entry } = await ringing()
    const later = waitingEntry(queueId, 1_500)
    await acd.enqueue(later)
    expect(await acd.expired(offer.expiresAt - 1)).not.toContainEqual(offer)
    expect(await acd.expired(offer.expiresAt)).toContainEqual(offer)
    const missed = { status: 'not_ready', reason: 'missed' } as const
    expect(await acd.endOffer(offer.offerId, 'expired', offer.expiresAt, missed)).toEqual({ ok: true, value: offer })
    expect(await acd.endOffer(offer.offerId, 'expired', offer.expiresAt, missed)).toMatchObject({ ok: false })
    expect(await acd.waiting(queueId)).toEqual([
      { ...entry, offers: 1, refusals: { [agent.agentId]: offer.expiresAt } },
      later,
    ])
    expect(await agents.read(agent.agentId)).toMatchObject({
      status: { chosen: missed, since: offer.expiresAt, next: null },
      work: { state: 'idle', since: offer.expiresAt },
      availableSince: null,
    })
    expect(await acd.ready(queueId)).toEqual([])
  })

  it('that is rejected leaves the agent available, at the end of the idle order', async () => {
    const { offer, agent, queueId } = await ringing()
    const other = unwrap(await agents.save(availableAgent([queueId], 2_500)))
    unwrap(await acd.endOffer(offer.offerId, 'rejected', 3_000))
    expect((await acd.ready(queueId)).map((c) => c.agentId)).toEqual([other.agentId, agent.agentId])
  })

  it('that fails on the device leaves it unproven', async () => {
    const { offer, agent, queueId } = await ringing()
    unwrap(await acd.endOffer(offer.offerId, 'device_failed', 3_000))
    expect(await agents.read(agent.agentId)).toMatchObject({
      device: { proven: false, since: 3_000, address: null },
      work: { state: 'idle' },
      availableSince: null,
    })
    expect(await acd.ready(queueId)).toEqual([])
  })

  it('that is withdrawn leaves the agent his place in the idle order', async () => {
    const { offer, agent, queueId, entry } = await ringing()
    unwrap(await agents.save(availableAgent([queueId], 1_500)))
    const { value } = (await acd.withdraw(entry.entryId, 3_000)) as { value: { offer: unknown } }
    expect(value.offer).toEqual(offer)
    const [first] = await acd.ready(queueId)
    expect(first).toMatchObject({ agentId: agent.agentId, availableSince: 1_000 })
    expect(await acd.readOffer(offer.offerId)).toBeUndefined()
  })

  it('that ends lets the status chosen for afterwards take effect', async () => {
    const { entry, record } = await ringing()
    const next = { status: 'not_ready', reason: 'meal' } as const
    unwrap(await agents.save({ ...record, status: { ...record.status, next } }))
    unwrap(await acd.withdraw(entry.entryId, 3_000))
    expect(await agents.read(record.agentId)).toMatchObject({
      status: { chosen: next, since: 3_000, next: null },
      availableSince: null,
    })
  })
})

describe('gateways', () => {
  it('that fall silent are found', async () => {
    await gateways.beat('a', 1_000)
    await gateways.beat('b', 2_000)
    expect(await gateways.silentSince(2_000)).toEqual(['a'])
    await gateways.forget('a')
    expect(await gateways.silentSince(2_000)).toEqual([])
    await gateways.leave('b')
    expect(await gateways.silentSince(1)).toEqual(['b'])
  })

  it('leave a list of the headsets they held', async () => {
    const [first, second] = [newId<UserId>(), newId<UserId>()]
    await gateways.holdHeadset('c', first, 'leg-1')
    await gateways.holdHeadset('c', second, 'leg-2')
    await gateways.dropHeadset('c', second)
    expect([...(await gateways.headsetsOf('c'))]).toEqual([[first, 'leg-1']])
    await gateways.forget('c')
    expect((await gateways.headsetsOf('c')).size).toBe(0)
  })
})
