import type { CallContext } from './context.ts'
import { leaveQueue } from './leave-queue.ts'
import type { LiveCall } from './live-call.ts'
import { requeueCall } from './requeue-call.ts'
import { queueLeft } from './run-ivr.ts'

/**
 * The one agent a caller waited for did not take him: the flow that wanted it goes on by its exit, a transferred caller
 * waits at the front of the queue for anybody.
 */
export async function requeueTransfer(ctx: CallContext, call: LiveCall): Promise<void> {
  const { stay } = call
  if (!stay || !(await leaveQueue(ctx, call, 'withdrawn'))) return
  if (stay.ivrToken !== null) return queueLeft(ctx, call, { by: 'unavailable' })
  call.stay = null
  await requeueCall(ctx, call, stay.queueId, 'transfer-failed')
}
