import { randomUUID } from 'node:crypto'
import type { LiveContact } from '@ringdown/core/contact'
import { type ContactId, GatewayId } from '@ringdown/core/kernel'
import {
  appendAgentEvents,
  appendContactEvents,
  appendDecisions,
  listContactEvents,
  listOpenContacts,
  listQueues,
  routingOf,
  type Sql,
} from '@ringdown/db/postgres'
import { openStores } from '@ringdown/db/redis'
import type { TestRedis } from '@ringdown/db/redis/testing'
import { pino } from 'pino'
import { createAgentLog } from '../agents/agent-log.ts'
import { createAgents } from '../agents/agents.ts'
import { openRedisBus } from '../bus/redis-bus.ts'
import { lateEvents } from '../ledger/late-events.ts'
import { openLedger } from '../ledger/ledger.ts'
import { createAcd } from './acd.ts'
import { cleanUpGateway } from './clean-up-gateway.ts'
import { createDecisionLog } from './decision-log.ts'
import { createQueueBook } from './queue-book.ts'
import { ownBook } from './rebuild/own-book.ts'
import { writeSpooled } from './write-spooled.ts'

/** Dispatch and agents of one gateway among several, on real stores: all but telephones and pages. */
export async function startTestGateway(test: TestRedis, sql: Sql, gatewayId: string) {
  const log = pino({ level: 'silent' })
  const redis = test.redis.duplicate()
  const stores = openStores(redis, test.prefix)
  const bus = await openRedisBus({ redis, prefix: test.prefix, gatewayId, log })
  const clock = Date.now
  const own = ownBook({ acd: stores.acd, live: stores.contacts }, gatewayId, clock)
  const common = {
    ...stores,
    acd: own.acd,
    live: own.live,
    own,
    bus,
    sql,
    clock,
    newId: randomUUID,
    log,
    gatewayId,
    redis,
  }
  const ledger = openLedger({ ...common, late: lateEvents({ ...common, kind: 'contact' }) })
  const queues = createQueueBook(() => listQueues(sql), clock)
  const agentLog = createAgentLog({
    ...common,
    late: lateEvents({ ...common, kind: 'agent' }),
    retryMs: 50,
    append: (events) => appendAgentEvents(sql, events),
  })
  const decisions = createDecisionLog({ ...common, append: (reasons) => appendDecisions(sql, reasons) })
  const acd = createAcd({ ...common, queues, agentLog, ledger, decisions })
  const agents = createAgents({
    ...common,
    acd,
    agentLog,
    ledger,
    graces: { pageMs: 60_000, deviceMs: 60_000 },
    readRouting: async (id) => ({ ...(await routingOf(sql, id)), callsToday: 0, lastCallEndedAt: null }),
    phoneOf: async () => null,
  })
  const parts = { ...common, acd, changes: agents, queues, ledger }
  return {
    ...common,
    store: stores.agents,
    acd,
    agents,
    ledger,
    queues,
    decisions,
    agentLog,
    cleanUp: (lostId: string) =>
      cleanUpGateway(
        {
          ...parts,
          agents: stores.agents,
          writeSpooled: (id) =>
            writeSpooled(
              {
                ...common,
                appendEvents: (events) => appendContactEvents(sql, events),
                appendAgentEvents: (events) => appendAgentEvents(sql, events),
              },
              id,
            ),
          listOpenContacts: () => listOpenContacts(sql, lostId),
          readEvents: (contactId) => listContactEvents(sql, contactId),
          appendEvents: (events) => appendContactEvents(sql, events),
        },
        lostId,
      ),
    async [Symbol.asyncDispose]() {
      agents[Symbol.dispose]()
      acd[Symbol.dispose]()
      await acd.dispatcher.settled()
      await decisions[Symbol.asyncDispose]()
      await agentLog[Symbol.asyncDispose]()
      await ledger[Symbol.asyncDispose]()
      await bus[Symbol.asyncDispose]()
      redis.disconnect()
    },
  }
}

/** A caller of whom nothing is known yet. */
export const liveContact = (contactId: ContactId, gatewayId: string, more: Partial<LiveContact> = {}): LiveContact => ({
  contactId,
  gatewayId: GatewayId.parse(gatewayId),
  phase: 'waiting',
  startedAt: 1_000,
  caller: { number: '+8613900138000', name: null, place: { zh: '北京', en: 'Beijing' } },
  language: 'zh',
  ivrPath: [],
  match: { kind: 'none' },
  code: null,
  customerId: null,
  personId: null,
  queue: null,
  offer: null,
  segment: null,
  surveySent: false,
  notes: '',
  transferredFrom: null,
  ...more,
})
