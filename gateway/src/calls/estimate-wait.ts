import { estimateWait } from '@ringdown/core/acd'
import type { AgentStore } from '@ringdown/core/agent'
import type { QueueId } from '@ringdown/core/kernel'
import { averageHandleMs, type Sql } from '@ringdown/db/postgres'
import type { CallContext } from './context.ts'

/** Handle times change slowly and cost a query. */
const FRESH_MS = 60_000

/** Estimates waits from the agents at work now and the handle time of this half hour. */
export function waitEstimator(sql: Sql, agents: AgentStore, clock: () => number): CallContext['estimateWait'] {
  let handleMs: Promise<Map<QueueId, number>> = Promise.resolve(new Map())
  let readAt = Number.NEGATIVE_INFINITY
  const handleTimes = () => {
    if (clock() - readAt > FRESH_MS) {
      readAt = clock()
      handleMs = averageHandleMs(sql, readAt).catch(() => new Map())
    }
    return handleMs
  }
  return async (queueId, position) => {
    const [times, everybody] = await Promise.all([handleTimes(), agents.readAll()])
    const atWork = everybody.filter(
      ({ session, status, work, queues }) =>
        session !== null && queues.includes(queueId) && (status.chosen.status === 'available' || work.state !== 'idle'),
    )
    return estimateWait({ position, agents: atWork.length, handleMs: times.get(queueId) ?? null })
  }
}
