import type { UserId } from '@ringdown/core/kernel'
import {
  agentDays,
  appendAgentEvents,
  appendContactEvents,
  appendDecisions,
  averageHandleMs,
  lastAgentOf,
  listAgentsOfRecord,
  listContactEvents,
  listGatewaysOfOpenContacts,
  listOpenContacts,
  listQueues,
  readSettings,
  routingOf,
  waitErrors,
} from '@ringdown/db/postgres'
import type { EventSpool, GatewayRegistry, LiveEpoch } from '@ringdown/db/redis'
import { type AgentLog, createAgentLog } from '../agents/agent-log.ts'
import { type Agents, createAgents } from '../agents/agents.ts'
import { type Headsets, openHeadsets, type TellPages } from '../agents/headsets.ts'
import type { Foundation } from '../foundation.ts'
import { lateEvents } from '../ledger/late-events.ts'
import type { Ledger } from '../ledger/ledger.ts'
import { type Acd, createAcd } from './acd.ts'
import { cleanUpGateway } from './clean-up-gateway.ts'
import { startOfDay } from './day.ts'
import { createDecisionLog } from './decision-log.ts'
import { startHeartbeat } from './heartbeat.ts'
import { createPreferredAgent, type PreferredAgent } from './preferred-agent.ts'
import { createQueueBook, type QueueBook } from './queue-book.ts'
import type { OwnBook } from './rebuild/own-book.ts'
import { rebuildAgents } from './rebuild/rebuild-agents.ts'
import { restoreOwn } from './rebuild/restore-own.ts'
import { watchEpoch } from './rebuild/watch-epoch.ts'
import { startSweep } from './sweep.ts'
import { createWaitEstimates, type WaitEstimates } from './wait-estimates.ts'
import { writeSpooled } from './write-spooled.ts'

/** Estimates are graded by the callers of this time. */
const GRADED_MS = 7 * 86_400_000

export type RoutingParts = Foundation & {
  gateways: GatewayRegistry
  epoch: LiveEpoch
  own: OwnBook
  spool: EventSpool
  ledger: Ledger
  tellPages: TellPages
  /** Where an agent's SIP phone is registered; null: nowhere. */
  phoneOf(agentId: UserId): Promise<string | null>
}

/** All of dispatch and agents. Who queues, withdraws or accepts does so at `acd.store`, where what must follow follows. */
export type Routing = AsyncDisposable & {
  acd: Acd
  agents: Agents
  agentLog: AgentLog
  headsets: Headsets
  queues: QueueBook
  waits: WaitEstimates
  preferredAgent: PreferredAgent
  /** Begins heartbeat and sweep, after cleaning up what an earlier life of this gateway left. Call it once calls can be ended. */
  start(): Promise<void>
}

export function openRouting(parts: RoutingParts): Routing {
  const { config, sql, clock } = parts
  const { gatewayId } = config
  const queues = createQueueBook(() => listQueues(sql), clock)
  const late = lateEvents({ ...parts, gatewayId, kind: 'agent' })
  const agentLog = createAgentLog({ ...parts, late, append: (events) => appendAgentEvents(sql, events) })
  const decisions = createDecisionLog({ ...parts, append: (reasons) => appendDecisions(sql, reasons) })
  const acd = createAcd({ ...parts, queues, agentLog, decisions })
  const agents = createAgents({ ...parts, acd, agentLog, graces: config.graces, readRouting })
  const headsets = openHeadsets({ ...parts, devices: agents, gatewayId })
  const waits = createWaitEstimates({
    ...parts,
    readHandleMs: (now) => averageHandleMs(sql, now),
    readErrors: (now) => waitErrors(sql, now - GRADED_MS),
  })
  const preferredAgent = createPreferredAgent({ ...parts, lastAgentOf: (caller) => lastAgentOf(sql, caller) })
  const common = { ...parts, acd, changes: agents, queues, gatewayId }
  const running = new AsyncDisposableStack()

  async function readRouting(agentId: UserId) {
    const { timeZone } = await readSettings(sql)
    const from = startOfDay(clock(), timeZone)
    const [routing, days] = await Promise.all([routingOf(sql, agentId), agentDays(sql, { from, to: clock() })])
    const day = days.get(agentId)
    return { ...routing, callsToday: day?.answered ?? 0, lastCallEndedAt: day?.lastCallEndedAt ?? null }
  }

  async function restoreDevices(): Promise<void> {
    await agents.presence.seeAll()
    await headsets.restore()
  }

  const cleanUp = (lostId: string) =>
    cleanUpGateway(
      {
        ...common,
        writeSpooled: (id) =>
          writeSpooled(
            {
              ...parts,
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
    )

  return {
    acd,
    agents,
    agentLog,
    headsets,
    queues,
    waits,
    preferredAgent,
    async start() {
      const { heartbeatMs, sweepMs, graces } = config
      running.use(
        await watchEpoch({
          ...parts,
          rebuild: () =>
            rebuildAgents({
              ...common,
              readRouting,
              listAgents: (since) => listAgentsOfRecord(sql, since),
              listGateways: () => listGatewaysOfOpenContacts(sql),
            }),
          restore: () => restoreOwn({ ...common, dispatcher: acd.dispatcher, restoreDevices }),
          everyMs: heartbeatMs,
        }),
      )
      running.use(await startHeartbeat({ ...common, heartbeatMs, deadMs: graces.gatewayDeadMs, cleanUp }))
      running.use(startSweep({ ...common, sweepMs }))
    },
    async [Symbol.asyncDispose]() {
      await running.disposeAsync()
      for (const part of [headsets, agents, acd]) part[Symbol.dispose]()
      await acd.dispatcher.settled()
      await decisions[Symbol.asyncDispose]()
      await agentLog[Symbol.asyncDispose]()
    },
  }
}
