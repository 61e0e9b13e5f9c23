import type { UserId } from '@ringdown/core/kernel'
import { bySystem, changeAgent } from './change-agent.ts'
import type { SignInParts } from './sign-in.ts'

/** Queues or skills were changed: an agent who is signed in is routed by them from now on. */
export async function refreshRouting(parts: SignInParts, agentId: UserId): Promise<void> {
  const { queues, skills } = await parts.readRouting(agentId)
  await changeAgent(parts, agentId, bySystem, ({ session }) =>
    session ? { type: 'routing_changed', at: parts.clock(), queues, skills } : null,
  )
}
