import type { UserId } from '@ringdown/core/kernel'
import type { CallContext } from './context.ts'
import { type Enqueue, enqueueCall } from './enqueue-call.ts'
import type { LiveCall } from './live-call.ts'

/** Lets the caller wait for one agent only. When he is not even offered the call soon, `onNoOffer` decides. */
export async function enqueueForAgent(
  ctx: CallContext,
  call: LiveCall,
  enqueue: Omit<Enqueue, 'forAgentId'> & { forAgentId: UserId },
  onNoOffer: () => Promise<void>,
): Promise<boolean> {
  if (!(await enqueueCall(ctx, call, enqueue))) return false
  const { stay } = call
  const giveUp = async () => {
    if (call.stay === stay && call.phase.state === 'waiting') await onNoOffer()
  }
  const soon = () =>
    call.run(giveUp).catch((error: unknown) => ctx.log.error({ err: error }, 'a direct transfer could not be given up'))
  stay?.timers.push(setTimeout(soon, ctx.settings.directOfferMs))
  return true
}
