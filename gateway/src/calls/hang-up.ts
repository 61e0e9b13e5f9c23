import type { Termination } from '@ringdown/core/contact'
import type { UserId } from '@ringdown/core/kernel'
import { giveUpAgent } from './agent-lost.ts'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { endSegment } from './end-segment.ts'
import type { LiveCall } from './live-call.ts'
import { surveyCaller } from './run-survey.ts'

/** The agent leaves the call. A caller who stays is asked for a score if the queue wants one, else he is rung off. */
export async function agentHungUp(
  ctx: CallContext,
  call: LiveCall,
  agentId: UserId,
  termination: Termination,
): Promise<void> {
  const { agent } = call
  if (agent?.agentId !== agentId) return
  if (termination.party === 'network') return giveUpAgent(ctx, call, agentId)
  await endSegment(ctx, call, termination)
  const queue = agent.queueId === null ? null : await ctx.queue({ id: agent.queueId })
  if (queue?.survey && !call.contact.surveySent && call.ivr.flow.afterCall !== null) {
    return surveyCaller(ctx, call, agent, 'after_call')
  }
  await endCall(ctx, call, termination)
}
