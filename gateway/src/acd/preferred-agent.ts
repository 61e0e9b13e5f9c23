import type { Queue, WaitingEntry } from '@ringdown/core/acd'
import type { LiveContact } from '@ringdown/core/contact'
import type { CustomerId, UserId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import { isAtWork } from './wait-estimates.ts'

export type PreferredAgentParts = Pick<Foundation, 'agents' | 'clock' | 'log'> & {
  /** Whom a caller spoke to last; from the record. */
  lastAgentOf(caller: { customerId: CustomerId | null; number: string | null; since: number }): Promise<UserId | null>
}

/** For whom a caller waits a while first, where the queue's rules want that; undefined: for anybody. */
export type PreferredAgent = (
  queue: Queue,
  contact: Pick<LiveContact, 'contactId' | 'customerId' | 'caller'>,
) => Promise<WaitingEntry['preferred']>

/** An agent is remembered so long. */
const REMEMBERED_MS = 30 * 86_400_000
/** No caller waits longer for this look-up; he is then anybody's. */
const LOOK_UP_MS = 1000

/** [AC21] The agent a caller spoke to last, if he is at work. */
export function createPreferredAgent({ agents, clock, log, lastAgentOf }: PreferredAgentParts): PreferredAgent {
  return async ({ preferLastAgentMs }, { contactId, customerId, caller }) => {
    if (!preferLastAgentMs) return undefined
    const look = { customerId, number: caller.number, since: clock() - REMEMBERED_MS }
    const agentId = await within(LOOK_UP_MS, lastAgentOf(look)).catch((error: unknown) => {
      log.warn({ err: error, contactId }, 'the agent a caller spoke to last could not be looked up')
      return null
    })
    const agent = agentId === null ? undefined : await agents.read(agentId)
    return agent && isAtWork(agent) ? { agentId: agent.agentId, until: clock() + preferLastAgentMs } : undefined
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  return Promise.race([promise, late]).finally(() => clearTimeout(timer))
}
