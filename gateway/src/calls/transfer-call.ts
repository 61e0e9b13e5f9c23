import type { Queue } from '@ringdown/core/acd'
import { isRoutable } from '@ringdown/core/agent'
import type { CommandInput } from '@ringdown/core/contract'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Actor, Refusal } from '../commands/handlers.ts'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { endSegment } from './end-segment.ts'
import { enqueueCall } from './enqueue-call.ts'
import { enqueueForAgent } from './enqueue-for-agent.ts'
import type { LiveCall } from './live-call.ts'
import { requeueTransfer } from './requeue-transfer.ts'

type Target = CommandInput<'call:transfer'>['to']

/**
 * Blind transfer. What cannot work is refused while the agent still has the call; afterwards the caller waits, with his
 * first arrival, and everything known of him moves along.
 */
export async function transferCall(
  ctx: CallContext,
  call: LiveCall,
  actor: Actor,
  to: Target,
): Promise<Result<void, Refusal>> {
  const { agent } = call
  if (!agent) return err({ code: 'not_in_call', message: 'There is no call to transfer.' })
  const queue = await queueFor(ctx, agent.queueId, to)
  if (!queue.ok) return queue
  const { contactId, notes } = call.contact
  const { segmentId, agentId } = agent
  ctx.ledger.record(contactId, 'contact_transferred', ctx.clock(), { segmentId, agentId, to })
  await endSegment(ctx, call, { party: 'agent', reason: 'transferred' })
  await changeContact(ctx, call, { transferredFrom: { agentId, agentName: actor.name, notes } })
  const waiting = { queue: queue.value, priority: 1, ivrToken: null, greeting: 'transferring' }
  const queued =
    to.kind === 'queue'
      ? await enqueueCall(ctx, call, { ...waiting, forAgentId: null })
      : await enqueueForAgent(ctx, call, { ...waiting, forAgentId: to.agentId }, () => requeueTransfer(ctx, call))
  if (!queued) await endCall(ctx, call, { party: 'system', reason: 'error' })
  return ok(undefined)
}

/** The queue the caller waits in: the one named, or, for a colleague, the present one. */
async function queueFor(ctx: CallContext, present: Queue['id'] | null, to: Target): Promise<Result<Queue, Refusal>> {
  if (to.kind === 'queue') {
    const queue = await ctx.queue({ id: to.queueId })
    return queue ? ok(queue) : err({ code: 'not_found', message: 'There is no such queue.', field: 'to.queueId' })
  }
  const target = await ctx.agents.read(to.agentId)
  if (!target || !isRoutable(target)) return err(notReady)
  const queueId = present ?? target.queues[0]
  const queue = queueId === undefined ? null : await ctx.queue({ id: queueId })
  return queue ? ok(queue) : err(notReady)
}

const notReady: Refusal = {
  code: 'agent_not_ready',
  message: 'This colleague cannot take a call now. Choose another one, or a queue.',
  field: 'to.agentId',
}
