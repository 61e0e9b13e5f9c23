import type { AgentRefusal } from '@ringdown/core/agent'
import type { AgentEvent } from '@ringdown/core/events'
import type { Result, UserId } from '@ringdown/core/kernel'
import { type Changed, type ChangeParts, changeAgent } from './change-agent.ts'

/** Ends a shift (签出). Refused as `in_call` while there is work; signing out twice is no error. */
export const signOut = (
  parts: ChangeParts,
  agentId: UserId,
  by: AgentEvent['by'],
): Promise<Result<Changed, AgentRefusal>> =>
  changeAgent(parts, agentId, by, ({ session }) => (session ? { type: 'signed_out', at: parts.clock() } : null))
