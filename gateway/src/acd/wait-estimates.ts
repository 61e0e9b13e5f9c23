import { estimateWait, isReliable, type WaitError } from '@ringdown/core/acd'
import { type AgentRecord, isRoutable } from '@ringdown/core/agent'
import type { QueueId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import { refreshed } from './refreshed.ts'

export type WaitEstimatesParts = Pick<Foundation, 'acd' | 'agents' | 'clock' | 'log'> & {
  /** Mean handle time by queue, from the record. */
  readHandleMs(now: number): Promise<Map<QueueId, number>>
  /** How far the estimates were off, from the record. */
  readErrors(now: number): Promise<Map<QueueId, WaitError>>
}

export type WaitEstimates = {
  /** Wait in ms of the caller at a place (1 is next); null when nothing honest can be said. */
  at(queueId: QueueId, position: number): Promise<number | null>
  /** The same as far as it may be announced: null also where the estimates of the queue were far off. */
  announced(queueId: QueueId, position: number): Promise<number | null>
  /** For a caller who joins now, to be graded by how long he waits; null as above, and when it cannot be read. */
  expected(queueId: QueueId): Promise<number | null>
  /** By queue; those without graded callers are missing. */
  errors(): Promise<ReadonlyMap<QueueId, WaitError>>
}

const RECORD_FRESH_MS = 60_000
const AGENTS_FRESH_MS = 1_000

/** Estimates for many callers at once: handle times and errors are read each minute, agents each second. */
export function createWaitEstimates(parts: WaitEstimatesParts): WaitEstimates {
  const { acd, agents, clock, log, readHandleMs, readErrors } = parts
  const failed = (error: unknown) => log.warn({ err: error }, 'waits are estimated by what was known before')
  const common = { clock, failed }
  const handleMs = refreshed({
    ...common,
    freshMs: RECORD_FRESH_MS,
    read: () => readHandleMs(clock()),
    first: new Map(),
  })
  const errors = refreshed({ ...common, freshMs: RECORD_FRESH_MS, read: () => readErrors(clock()), first: new Map() })
  const records = refreshed({ ...common, freshMs: AGENTS_FRESH_MS, read: () => agents.readAll(), first: [] })

  async function at(queueId: QueueId, position: number): Promise<number | null> {
    const [times, all] = await Promise.all([handleMs.soon(), records.soon()])
    const atWork = all.filter((agent) => agent.queues.includes(queueId) && isAtWork(agent))
    const ready = atWork.filter(isRoutable).length
    return estimateWait({ position, agents: atWork.length, ready, handleMs: times.get(queueId) ?? null })
  }

  return {
    at,
    async announced(queueId, position) {
      return isReliable((await errors.soon()).get(queueId)) ? at(queueId, position) : null
    },
    async expected(queueId) {
      try {
        return await at(queueId, (await acd.positions(queueId)).length + 1)
      } catch (error) {
        failed(error)
        return null
      }
    },
    errors: errors.soon,
  }
}

/** Ready for a caller, or busy with one. */
export const isAtWork = (agent: AgentRecord): boolean => isRoutable(agent) || agent.work.state !== 'idle'
