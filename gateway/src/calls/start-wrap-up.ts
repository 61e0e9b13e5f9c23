import type { CallContext } from './context.ts'
import type { AgentSide, LiveCall } from './live-call.ts'

/** Of a segment that belongs to no queue. */
const DEFAULT_WRAP_UP_MS = 60_000

/** The agent is done with the caller, not with the call: after-call work begins, as long as his queue allows. */
export async function startWrapUp(
  ctx: CallContext,
  { contact: { contactId } }: LiveCall,
  { agentId, segmentId, queueId }: AgentSide,
): Promise<void> {
  try {
    const queue = queueId === null ? null : await ctx.queue({ id: queueId })
    const agent = await ctx.desks.endCall(agentId, queue?.wrapUpMs ?? DEFAULT_WRAP_UP_MS)
    if (agent?.work.state !== 'wrap_up') return
    ctx.ledger.record(contactId, 'wrap_up_started', agent.work.since, { segmentId, agentId, endsAt: agent.work.endsAt })
  } catch (error) {
    ctx.log.error({ err: error, agentId, contactId }, 'wrap-up could not be started')
  }
}
