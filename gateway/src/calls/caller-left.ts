import type { Termination } from '@ringdown/core/contact'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { endSegment } from './end-segment.ts'
import { leaveQueue } from './leave-queue.ts'
import type { LiveCall } from './live-call.ts'

/** The caller is gone, wherever he was: his queue stay or segment ends first, then the contact. */
export async function callerLeft(ctx: CallContext, call: LiveCall, termination: Termination): Promise<void> {
  switch (call.phase.state) {
    case 'waiting':
    case 'offered': {
      const reason = call.phase.state === 'offered' ? 'abandoned_while_ringing' : 'abandoned_in_queue'
      if (await leaveQueue(ctx, call, await abandonOutcome(ctx, call))) {
        call.stay = null
        return endCall(ctx, call, hungUp(termination) ? { party: 'caller', reason } : termination)
      }
      // Somebody else has ended the stay, as after a gateway that was taken for dead.
      return endCall(ctx, call, termination)
    }
    case 'talking':
    case 'held':
      await endSegment(ctx, call, termination)
      return endCall(ctx, call, termination)
    case 'greeted': {
      const surveyed = call.surveyId !== null || call.contact.segment !== null
      if (surveyed || !hungUp(termination)) return endCall(ctx, call, termination)
      return endCall(ctx, call, { party: 'caller', reason: 'abandoned_in_ivr' })
    }
    case 'ended':
      return
  }
}

const hungUp = ({ party, reason }: Termination): boolean => party === 'caller' && reason === 'normal'

async function abandonOutcome(ctx: CallContext, { stay }: LiveCall): Promise<'abandoned' | 'short_abandoned'> {
  if (!stay) return 'abandoned'
  const queue = await ctx.queue({ id: stay.queueId })
  return queue && ctx.clock() - stay.enteredAt < queue.shortAbandonMs ? 'short_abandoned' : 'abandoned'
}
