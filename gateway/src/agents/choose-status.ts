import type { AgentRefusal, ChosenStatus } from '@ringdown/core/agent'
import type { AgentEvent } from '@ringdown/core/events'
import type { Result, UserId } from '@ringdown/core/kernel'
import { type Changed, type ChangeParts, changeAgent } from './change-agent.ts'

/** Available or Not ready (置闲/置忙); during work it takes effect afterwards. */
export const chooseStatus = (
  parts: ChangeParts,
  agentId: UserId,
  chosen: ChosenStatus,
  by: AgentEvent['by'],
): Promise<Result<Changed, AgentRefusal>> =>
  changeAgent(parts, agentId, by, () => ({ type: 'status_chosen', at: parts.clock(), chosen }))
