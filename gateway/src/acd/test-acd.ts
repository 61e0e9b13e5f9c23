import { randomUUID } from 'node:crypto'
import { plainRouting, type Queue } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import type { BusMessage, ContactEvent } from '@ringdown/core/events'
import { type QueueId, unwrap } from '@ringdown/core/kernel'
import type { RoutingDecision } from '@ringdown/db/postgres'
import { createTestRedis, newId } from '@ringdown/db/redis/testing'
import { pino } from 'pino'
import { createAgentLog } from '../agents/agent-log.ts'
import type { Bus } from '../bus/bus.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { createAcd } from './acd.ts'
import { createDecisionLog } from './decision-log.ts'
import type { QueueBook } from './queue-book.ts'

/** The ACD of one gateway on a Redis of its own; what it records is kept in lists. */
export function startTestAcd(redis = createTestRedis()) {
  const queues: Queue[] = []
  const contactEvents: ContactEvent[] = []
  const messages: BusMessage[] = []
  const clock = Date.now
  const log = pino({ level: 'silent' })
  const bus = { publish: async (message: BusMessage) => void messages.push(message) } as unknown as Bus
  const common = { acd: redis.stores.acd, agents: redis.stores.agents, clock, newId: randomUUID, log, bus }
  const ledger: Pick<Ledger, 'record'> = {
    record: (contactId, type, at, fact) =>
      void contactEvents.push({ eventId: randomUUID(), contactId, at, type, ...fact } as unknown as ContactEvent),
  }
  const book: QueueBook = {
    find: async (id) => queues.find((q) => q.id === id),
    all: async () => queues,
    refresh: async () => undefined,
  }
  const agentLog = createAgentLog({ ...common, append: async () => undefined })
  const decisions: RoutingDecision[] = []
  const decisionLog = createDecisionLog({ log, append: async (more) => void decisions.push(...more) })
  const acd = createAcd({
    ...common,
    decisions: decisionLog,
    agentLog,
    queues: book,
    ledger,
  })
  return {
    ...common,
    acd,
    agentLog,
    ledger,
    redis,
    contactEvents,
    messages,
    book,
    decisions,
    decisionsWritten: decisionLog.written,
    addQueue(more: Partial<Queue> = {}): Queue {
      const queue = { ...plainQueue, id: newId<QueueId>(), ...more }
      queues.push(queue)
      return queue
    },
    /** Saves a record and tells the dispatcher, as a change of the agent does. */
    async save(record: AgentRecord): Promise<AgentRecord> {
      const saved = unwrap(await redis.stores.agents.save(record))
      acd.dispatcher.agent(saved)
      return saved
    },
    async [Symbol.asyncDispose]() {
      acd[Symbol.dispose]()
      await acd.dispatcher.settled()
      await redis[Symbol.asyncDispose]()
    },
  }
}

const plainQueue: Omit<Queue, 'id'> = {
  key: 'after-sales',
  name: { zh: '售后', en: 'After-sales' },
  strategy: 'longest_idle',
  requiredSkills: [],
  ...plainRouting,
  offerMs: 15_000,
  wrapUpMs: 30_000,
  maxWaitMs: null,
  shortAbandonMs: 5_000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: null,
  music: 'default',
  survey: true,
}
