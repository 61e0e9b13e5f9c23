import { randomUUID } from 'node:crypto'
import type { LiveOffer, WaitingEntry } from '@ringdown/core/acd'
import { type AgentChange, type ChosenStatus, newAgent, stepAgent } from '@ringdown/core/agent'
import type { ContactId, OfferId, QueueEntryId, QueueId, SegmentId, UserId } from '@ringdown/core/kernel'
import { createTestRedis } from '@ringdown/db/redis/testing'
import fc from 'fast-check'
import { afterAll, expect, it } from 'vitest'
import { AcdModel } from './acd-model.ts'

const test = createTestRedis()
afterAll(() => test[Symbol.asyncDispose]())
const { acd, agents } = test.stores

const uuid = (kind: number, n: number) => `00000000-0000-4000-8000-${kind}${String(n).padStart(11, '0')}`

type Command =
  | { do: 'enqueue'; entry: number; queue: number; priority: number; forAgent: number | null; preferred: number | null }
  | { do: 'withdraw'; entry: number }
  | { do: 'claim'; entry: number; queue: number; agent: number }
  /** A claim that should succeed, if anybody waits and anybody is ready. */
  | { do: 'match'; queue: number }
  /** `stranger`: not the one it was made to */
  | { do: 'accept'; offer: number; stranger: boolean }
  | { do: 'end'; offer: number; outcome: 'rejected' | 'expired' | 'device_failed' }
  | { do: 'change'; agent: number; change: AgentChange['type']; queues: number[]; status: ChosenStatus }

const small = (n: number) => fc.nat(n - 1)
const status = fc.constantFrom<ChosenStatus>(
  { status: 'available' },
  { status: 'available' },
  { status: 'not_ready', reason: 'meal' },
)
const change = (...types: AgentChange['type'][]) =>
  fc.record({
    do: fc.constant('change' as const),
    agent: small(3),
    change: fc.constantFrom(...types),
    queues: fc.subarray([0, 1], { minLength: 1 }),
    status,
  })
const command: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('enqueue' as const),
      entry: small(6),
      queue: small(2),
      priority: small(3),
      forAgent: fc.option(small(3), { freq: 5 }),
      preferred: fc.option(small(3), { freq: 5 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('withdraw' as const), entry: small(6) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('claim' as const), entry: small(6), queue: small(2), agent: small(3) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('match' as const), queue: small(2) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('accept' as const),
      offer: small(2),
      stranger: fc.constantFrom(false, false, false, true),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('end' as const),
      offer: small(3),
      outcome: fc.constantFrom('rejected' as const, 'expired' as const, 'device_failed' as const),
    }),
  },
  { weight: 3, arbitrary: change('held', 'resumed', 'call_ended', 'call_ended', 'wrap_up_ended') },
  { weight: 2, arbitrary: change('signed_in', 'device_proven', 'status_chosen') },
  { weight: 1, arbitrary: change('signed_out', 'device_lost', 'status_chosen') },
)

/** One run of commands against both, in a world of its own. */
class Run {
  readonly world = Math.trunc(Math.random() * 1e6)
  readonly model = new AcdModel()
  readonly offerIds: OfferId[] = []
  now = 1_000_000

  id<T extends string>(kind: number, n: number): T {
    return uuid(kind, this.world * 1000 + n) as T
  }
  agentId = (n: number) => this.id<UserId>(1, n)
  queueId = (n: number) => this.id<QueueId>(2, n)
  contactId = (n: number) => this.id<ContactId>(4, n)
  entryId = (n: number) => this.id<QueueEntryId>(3, n)

  async apply(c: Command): Promise<void> {
    this.now += 4_001
    switch (c.do) {
      case 'enqueue': {
        const entry = this.entry(c)
        this.model.enqueue(entry)
        return acd.enqueue(entry)
      }
      case 'withdraw':
        return agree(
          await acd.withdraw(this.entryId(c.entry), this.now),
          this.model.withdraw(this.entryId(c.entry), this.now),
        )
      case 'claim': {
        const entry = {
          entryId: this.entryId(c.entry),
          contactId: this.contactId(c.entry),
          queueId: this.queueId(c.queue),
        }
        return this.claim(this.offer(entry, this.agentId(c.agent)))
      }
      case 'match': {
        const queueId = this.queueId(c.queue)
        const [entry] = this.model.waiting(queueId)
        const agentId = entry?.forAgentId ?? this.model.ready(queueId)[0]
        return entry && agentId ? this.claim(this.offer(entry, agentId)) : undefined
      }
      case 'accept': {
        const id = this.offerId(c.offer)
        const agentId = c.stranger ? this.agentId(9) : (this.model.offers.get(id)?.agentId ?? this.agentId(0))
        const args = [id, agentId, uuid(5, 1) as SegmentId, this.now] as const
        return agree(await acd.accept(...args), this.model.accept(...args))
      }
      case 'end': {
        const given: ChosenStatus | undefined =
          c.outcome === 'expired' ? { status: 'not_ready', reason: 'missed' } : undefined
        const id = this.offerId(c.offer)
        return agree(
          await acd.endOffer(id, c.outcome, this.now, given),
          this.model.endOffer(id, c.outcome, this.now, given ?? null),
        )
      }
      case 'change':
        return this.change(this.agentId(c.agent), this.agentChange(c))
    }
  }

  async claim(offer: LiveOffer): Promise<void> {
    const claimed = await acd.claim(offer)
    if (claimed.ok) this.offerIds.push(offer.offerId)
    agree(claimed, this.model.claim(offer))
  }

  async change(id: UserId, change: AgentChange): Promise<void> {
    const read = (await agents.read(id)) ?? newAgent(id, 0)
    const next = stepAgent(read, change)
    expect(next.ok).toBe(this.model.change(id, change))
    if (next.ok) expect((await agents.save(next.value)).ok).toBe(true)
  }

  async check(): Promise<void> {
    const { model } = this
    const [ids, queueIds] = [[0, 1, 2].map(this.agentId), [0, 1].map(this.queueId)]
    const offered = [...model.offers.values()]
    const [records, lines, waiting, ready, offers, expired, direct, turns] = await Promise.all([
      Promise.all(ids.map((id) => agents.read(id))),
      Promise.all(queueIds.map((id) => acd.positions(id))),
      Promise.all(queueIds.map((id) => acd.waiting(id))),
      Promise.all(queueIds.map((id) => acd.ready(id))),
      Promise.all(offered.map(({ offerId }) => acd.readOffer(offerId))),
      acd.expired(this.now),
      Promise.all(ids.map((id) => acd.directQueues(id))),
      Promise.all(queueIds.map((id) => acd.lastOffered(id))),
    ])
    expect(records).toEqual(ids.map((id) => model.agents.get(id)))
    expect(lines).toEqual(queueIds.map((id) => model.line(id)))
    expect(waiting).toEqual(queueIds.map((id) => model.waiting(id)))
    expect(ready.map((all) => all.map((c) => c.agentId).toSorted())).toEqual(queueIds.map((id) => model.ready(id)))
    expect(offers).toEqual(offered)
    expect(direct.map((all) => all.toSorted())).toEqual(ids.map((id) => model.directQueues(id)))
    expect(turns).toEqual(queueIds.map((id) => model.turns.get(id) ?? null))
    expect(new Set(offered.map((offer) => offer.agentId)).size).toBe(offered.length)
    expect(new Set(offered.map((offer) => offer.entryId)).size).toBe(offered.length)
    const due = offered.filter((offer) => offer.expiresAt <= this.now).map((offer) => offer.offerId)
    expect(expired.map((offer) => offer.offerId).toSorted()).toEqual(due.toSorted())
  }

  /** Leaves nothing behind for the next run. */
  async end(): Promise<void> {
    for (const entryId of this.model.entries.keys()) await acd.withdraw(entryId, this.now)
    expect(await acd.entriesOf(`g${this.world}`)).toEqual([])
  }

  private entry(c: Extract<Command, { do: 'enqueue' }>): WaitingEntry {
    return {
      entryId: this.entryId(c.entry),
      contactId: this.contactId(c.entry),
      queueId: this.queueId(c.queue),
      gatewayId: `g${this.world}`,
      arrivedAt: this.now,
      priority: c.priority,
      offers: 0,
      ...(c.forAgent === null ? {} : { forAgentId: this.agentId(c.forAgent) }),
      ...(c.preferred === null ? {} : { preferred: { agentId: this.agentId(c.preferred), until: this.now + 9_000 } }),
    }
  }

  private offer(entry: Pick<LiveOffer, 'entryId' | 'contactId' | 'queueId'>, agentId: UserId): LiveOffer {
    const { entryId, contactId, queueId } = entry
    const offerId = randomUUID() as OfferId
    const gatewayId = `g${this.world}`
    return {
      offerId,
      entryId,
      contactId,
      queueId,
      agentId,
      gatewayId,
      offeredAt: this.now,
      expiresAt: this.now + 15_000,
    }
  }

  /** One of the last offers, live or not. */
  private offerId(n: number): OfferId {
    return this.offerIds.at(-1 - n) ?? (randomUUID() as OfferId)
  }

  private agentChange({ change, queues, status }: Extract<Command, { do: 'change' }>): AgentChange {
    const at = this.now
    const next = at % 3 === 0 ? status : null
    return {
      signed_in: {
        type: 'signed_in' as const,
        at,
        device: 'webrtc' as const,
        queues: queues.map(this.queueId),
        skills: {},
        callsToday: 0,
        lastCallEndedAt: null,
      },
      signed_out: { type: 'signed_out' as const, at },
      status_chosen: { type: 'status_chosen' as const, at, chosen: status },
      device_proven: { type: 'device_proven' as const, at, address: 'leg' },
      device_lost: { type: 'device_lost' as const, at },
      held: { type: 'held' as const, at },
      resumed: { type: 'resumed' as const, at },
      call_ended: { type: 'call_ended' as const, at, wrapUpMs: at % 5 === 0 ? 0 : 30_000 },
      wrap_up_ended: { type: 'wrap_up_ended' as const, at, status: next },
    }[change as 'held'] satisfies AgentChange
  }
}

function agree(redis: { ok: boolean; error?: { code: string } }, model: string): void {
  expect(redis.ok ? 'ok' : redis.error?.code).toBe(model)
}

/** Two agents are routable from the start, so that offers happen. */
const opening: Command[] = [0, 1].flatMap((agent) =>
  (['signed_in', 'device_proven', 'status_chosen'] as const).map(
    (change): Command => ({ do: 'change', agent, change, queues: [0, 1], status: { status: 'available' } }),
  ),
)

/** A call from arrival to the end of wrap-up, so that every state is reached whatever chance brings. */
const change0 = (type: AgentChange['type']): Command => ({
  do: 'change',
  agent: 0,
  change: type,
  queues: [0, 1],
  status: { status: 'available' },
})
const wholeCall: Command[] = [
  { do: 'enqueue', entry: 0, queue: 0, priority: 0, forAgent: null, preferred: null },
  { do: 'match', queue: 0 },
  { do: 'accept', offer: 0, stranger: false },
  ...(['held', 'resumed', 'call_ended', 'wrap_up_ended'] as const).map(change0),
]

it('agrees with a simple model after any sequence of commands: [AC8] [AC9] [AC10] [AC16] [AG1] [AG10] [AG11]', async () => {
  const reached = new Set<string>()
  await fc.assert(
    fc.asyncProperty(fc.array(command, { minLength: 20, maxLength: 40, size: 'max' }), async (commands) => {
      const run = new Run()
      for (const c of [...opening, ...commands]) {
        await run.apply(c)
        await run.check()
        for (const { work } of run.model.agents.values()) reached.add(work.state)
      }
      await run.end()
    }),
    { numRuns: 60, examples: [[wholeCall]] },
  )
  expect([...reached].toSorted()).toEqual(['held', 'idle', 'ringing', 'talking', 'wrap_up'])
})
