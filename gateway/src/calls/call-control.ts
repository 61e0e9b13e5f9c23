import type { MediaClient } from '@ringdown/media/client'
import type { Agents } from '../agents/agents.ts'
import { callHandlers } from '../commands/call.ts'
import type { CommandHandlers } from '../commands/handlers.ts'
import { offerHandlers } from '../commands/offer.ts'
import { wrapUpHandlers } from '../commands/wrap-up.ts'
import type { IncomingCall } from '../sip/sip-leg.ts'
import { readCallerNumber } from './caller-number.ts'
import type { CallContext } from './context.ts'
import { heedLostMedia } from './media-lost.ts'
import { receiveCall } from './receive-call.ts'
import { routeFacts } from './route-facts.ts'
import { routeMediaEvents } from './route-media-events.ts'

type CallCommands = keyof (ReturnType<typeof callHandlers> &
  ReturnType<typeof offerHandlers> &
  ReturnType<typeof wrapUpHandlers>)

/** Call control as the rest of the gateway sees it. */
export type CallControl = Disposable & {
  handlers: Pick<CommandHandlers, CallCommands>
  receive(call: IncomingCall): Promise<void>
  /** Calls whose caller's leg is held here. */
  readonly calls: CallContext['calls']
}

/** Joins call control to its events: the media server's, and the facts on the bus. */
export function startCallControl(
  ctx: CallContext & { media: MediaClient; agentDesks: Pick<Agents, 'endWrapUp' | 'extendWrapUp'> },
): CallControl {
  routeMediaEvents(ctx, ctx.media)
  const stack = new DisposableStack()
  stack.use(heedLostMedia(ctx, ctx.media))
  stack.defer(routeFacts(ctx))
  // The tables of places are read from disk at the first look-up: not while the first caller waits.
  readCallerNumber('+8613900138000', 'CN').catch((error: unknown) =>
    ctx.log.warn({ err: error }, 'no places of numbers'),
  )
  return {
    handlers: { ...callHandlers(ctx), ...offerHandlers(ctx), ...wrapUpHandlers(ctx) },
    receive: (call) => receiveCall(ctx, call),
    calls: ctx.calls,
    [Symbol.dispose]: () => stack.dispose(),
  }
}
