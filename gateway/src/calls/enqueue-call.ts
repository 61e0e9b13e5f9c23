import type { Queue } from '@ringdown/core/acd'
import { QueueEntryId, type UserId } from '@ringdown/core/kernel'
import { announceWait, waitParts } from './announce-wait.ts'
import { changeContact, move } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { playMusic, say } from './play.ts'

export type Enqueue = {
  queue: Queue
  priority: number
  /** Only this agent may have it. */
  forAgentId: UserId | null
  /** The flow's token, when the flow waits for how it ends. */
  ivrToken: number | null
  /** The first sentence; null: music at once. */
  greeting: string | null
  /** Called once the queue's longest wait is over; without it the caller may wait for ever. */
  onMaxWait?: () => void
}

/**
 * Lets the caller wait in a queue, with music. Whoever queued before keeps his arrival, so that a transfer or a lost
 * agent puts him at the front again.
 * @returns false when he could not be queued; the entry has ended as `system_error` then
 */
export async function enqueueCall(ctx: CallContext, call: LiveCall, enqueue: Enqueue): Promise<boolean> {
  const { queue, priority, forAgentId, ivrToken, greeting, onMaxWait } = enqueue
  const { contactId } = call.contact
  const expectedMs = await ctx.waits.expected(queue.id)
  const at = ctx.clock()
  const entryId = QueueEntryId.parse(ctx.newId())
  const arrivedAt = call.contact.queue?.arrivedAt ?? at
  if (!move(ctx, call, { type: 'queued', queueId: queue.id, entryId, at })) return false
  call.stay = { entryId, queueId: queue.id, enteredAt: at, ivrToken, forAgentId, announcedWait: null, timers: [] }
  ctx.ledger.record(contactId, 'queue_entered', at, { entryId, queueId: queue.id, arrivedAt, priority, expectedMs })
  await changeContact(ctx, call, { queue: { queueId: queue.id, entryId, arrivedAt, enteredAt: at, leftAt: null } })
  try {
    // who is sent back to a queue by an agent is not meant to reach the same one again
    const preferred = ivrToken === null ? undefined : await ctx.preferredAgent(queue, call.contact)
    const entry = { entryId, contactId, queueId: queue.id, gatewayId: ctx.gatewayId, arrivedAt, priority, offers: 0 }
    await ctx.acd.enqueue({ ...entry, ...(forAgentId && { forAgentId }), ...(preferred && { preferred }) })
  } catch (error) {
    ctx.log.error({ err: error, contactId }, 'a caller could not be queued')
    await unqueue(ctx, call)
    return false
  }
  await greet(ctx, call, queue, greeting)
  startTimers(ctx, call, queue, onMaxWait)
  return true
}

/** The first sentence, and in a queue that announces waits at once his place; then music. */
async function greet(ctx: CallContext, call: LiveCall, queue: Queue, greeting: string | null): Promise<void> {
  const waits = queue.announceEveryMs === null ? [] : await waitParts(ctx, call)
  const parts = [...(greeting === null ? [] : [{ key: greeting }]), ...waits]
  const greeted = parts.length > 0 && (await say(ctx, call, parts, { next: { kind: 'music' } }))
  if (!greeted) await playMusic(ctx, call)
}

async function unqueue(ctx: CallContext, call: LiveCall): Promise<void> {
  const { stay } = call
  if (!stay) return
  const { entryId, queueId } = stay
  ctx.ledger.record(call.contact.contactId, 'queue_entry_ended', ctx.clock(), {
    entryId,
    queueId,
    outcome: 'system_error',
    waitedMs: 0,
    agentId: null,
  })
  call.stay = null
  move(ctx, call, { type: 'left_queue' })
  await changeContact(ctx, call, {})
}

function startTimers(ctx: CallContext, call: LiveCall, queue: Queue, onMaxWait?: () => void): void {
  const { stay } = call
  if (!stay) return
  if (queue.announceEveryMs !== null && queue.announceEveryMs > 0) {
    const announce = () =>
      call
        .run(async () => call.stay === stay && announceWait(ctx, call))
        .catch((error: unknown) => ctx.log.warn({ err: error }, 'a wait could not be announced'))
    stay.timers.push(setInterval(announce, queue.announceEveryMs))
  }
  if (queue.maxWaitMs !== null && onMaxWait) stay.timers.push(setTimeout(onMaxWait, queue.maxWaitMs))
}
