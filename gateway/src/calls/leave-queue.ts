import type { QueueOutcome } from '@ringdown/core/contact'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall, QueueStay } from './live-call.ts'
import { stopRinging } from './stop-ringing.ts'

/** How often a withdrawal is tried again while Redis is away. */
const RETRY_MS = 1000

/**
 * Takes the caller out of his queue for a reason other than an answer. An offer that rings ends as withdrawn.
 * `call.stay` is left for whoever must tell the flow.
 * @returns false when an agent was faster: the call is his
 */
export async function leaveQueue(
  ctx: CallContext,
  call: LiveCall,
  outcome: Exclude<QueueOutcome, 'answered'>,
): Promise<boolean> {
  const { stay } = call
  if (!stay || (call.phase.state !== 'waiting' && call.phase.state !== 'offered')) return false
  const withdrawn = await withdraw(ctx, stay)
  if (withdrawn !== 'unreachable' && !withdrawn.ok) return false
  const { contactId } = call.contact
  const offer = withdrawn === 'unreachable' ? null : withdrawn.value.offer
  const at = ctx.clock()
  const { entryId, queueId } = stay
  for (const timer of stay.timers) clearTimeout(timer)
  stopRinging(ctx, call)
  if (offer) {
    const { offerId, agentId } = offer
    ctx.ledger.record(contactId, 'offer_ended', at, { offerId, entryId, queueId, agentId, outcome: 'withdrawn' })
  }
  const waitedMs = Math.max(0, at - stay.enteredAt)
  ctx.ledger.record(contactId, 'queue_entry_ended', at, { entryId, queueId, outcome, waitedMs, agentId: null })
  move(ctx, call, { type: 'left_queue' })
  const queue = call.contact.queue && { ...call.contact.queue, leftAt: at }
  await changeContact(ctx, call, { offer: null, queue })
  return true
}

/** A Redis that is away does not keep a caller in the queue: the entry is taken out once it is back. */
async function withdraw(
  ctx: CallContext,
  stay: QueueStay,
): Promise<Awaited<ReturnType<CallContext['acd']['withdraw']>> | 'unreachable'> {
  try {
    return await ctx.acd.withdraw(stay.entryId, ctx.clock())
  } catch (error) {
    ctx.log.warn({ err: error, entryId: stay.entryId }, 'a queue entry could not be withdrawn; trying again')
    setTimeout(() => withdraw(ctx, stay), RETRY_MS).unref()
    return 'unreachable'
  }
}
