import type { QueueId } from '@ringdown/core/kernel'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { enqueueCall } from './enqueue-call.ts'
import type { LiveCall } from './live-call.ts'

/** A caller who lost his agent goes to the front of the queue again: he keeps his first arrival. */
export async function requeueCall(
  ctx: CallContext,
  call: LiveCall,
  queueId: QueueId | null,
  greeting = 'please-hold',
): Promise<void> {
  const queue = queueId === null ? null : await ctx.queue({ id: queueId })
  const queued =
    queue !== null && (await enqueueCall(ctx, call, { queue, priority: 1, forAgentId: null, ivrToken: null, greeting }))
  if (!queued) await endCall(ctx, call, { party: 'system', reason: 'error' })
}
