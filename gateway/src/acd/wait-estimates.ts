import { estimateWait } from '@ringdown/core/acd'
import { type AgentRecord, isRoutable } from '@ringdown/core/agent'
import type { QueueId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'

export type WaitEstimatesParts = Pick<Foundation, 'agents' | 'clock'> & {
  /** Mean handle time by queue, from the record. */
  readHandleMs(now: number): Promise<Map<QueueId, number>>
}

export type WaitEstimates = {
  /** Wait in ms of the caller at a place (1 is next); null when nothing honest can be said. */
  at(queueId: QueueId, position: number): Promise<number | null>
}

const HANDLE_FRESH_MS = 60_000
const AGENTS_FRESH_MS = 1_000

/** Estimates for many callers at once: handle times are read each minute, agents each second. */
export function createWaitEstimates({ agents, clock, readHandleMs }: WaitEstimatesParts): WaitEstimates {
  const handleMs = remembered(HANDLE_FRESH_MS, clock, () => readHandleMs(clock()))
  const records = remembered(AGENTS_FRESH_MS, clock, () => agents.readAll())
  return {
    async at(queueId, position) {
      const [times, all] = await Promise.all([handleMs(), records()])
      return estimateWait({ position, agents: agentsAtWork(all, queueId), handleMs: times.get(queueId) ?? null })
    },
  }
}

/** Members who take callers now: ready for one, or busy with one. */
export const agentsAtWork = (all: readonly AgentRecord[], queueId: QueueId): number =>
  all.filter((agent) => agent.queues.includes(queueId) && isAtWork(agent)).length

/** Ready for a caller, or busy with one. */
export const isAtWork = (agent: AgentRecord): boolean => isRoutable(agent) || agent.work.state !== 'idle'

function remembered<T>(freshMs: number, clock: () => number, read: () => Promise<T>): () => Promise<T> {
  let last: { at: number; value: Promise<T> } | undefined
  return () => {
    if (!last || clock() - last.at > freshMs) {
      const value = read()
      last = { at: clock(), value }
      value.catch(() => {
        last = undefined
      })
    }
    return last.value
  }
}
