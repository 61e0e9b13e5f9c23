import type { Headsets } from '../agents/headsets.ts'
import { type AgentCommandParts, agentCommands } from './agent.ts'
import { deskCommands } from './desk.ts'
import type { CommandHandlers } from './handlers.ts'
import { headsetCommands } from './headset.ts'

type OnCalls = Omit<CommandHandlers, `agent:${string}` | `desk:${string}` | `headset:${string}`>

/** All commands of the contract: those of agents and desks here, those on calls from call control. */
export const commandHandlers = (
  parts: AgentCommandParts & { headsets: Headsets },
  onCalls: OnCalls,
): CommandHandlers => ({
  ...deskCommands(parts),
  ...agentCommands(parts),
  ...headsetCommands(parts),
  ...onCalls,
})
