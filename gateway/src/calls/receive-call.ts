import { err, type FlowId, type Result } from '@ringdown/core/kernel'
import { findFlowByNumber } from '@ringdown/db/postgres'
import { type Flow, parseFlow } from '@ringdown/ivr'
import type { IncomingCall, SipRefusal } from '../sip/sip-leg.ts'
import type { Admission } from '../sip/trunks/admit-call.ts'
import { callerEvents } from './caller-events.ts'
import { type CallerNumber, readCallerNumber } from './caller-number.ts'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { lookUpCaller } from './identify-caller.ts'
import type { LiveCall } from './live-call.ts'
import { newCall } from './new-call.ts'
import { startFlow } from './run-ivr.ts'

/** The published flow of the number that was called, and the number that calls. */
export type Route = { flowId: FlowId; version: number; flow: Flow; caller: CallerNumber | null }

/** Answers an INVITE and lets the caller into the flow of the number he called, or refuses it with the right status. */
export async function receiveCall(ctx: CallContext, incoming: IncomingCall): Promise<void> {
  // Without a media server a caller would be answered by silence.
  if (ctx.draining() || !ctx.audio.connected) return incoming.refuse(LATER)
  const admitted = await admit(ctx, incoming)
  if (!admitted.ok) return incoming.refuse(admitted.error)
  using held = new DisposableStack()
  held.use(admitted.value.line)
  const route = await routeOf(ctx, incoming, admitted.value)
  if ('status' in route) return incoming.refuse(route)
  const leg = await ctx.audio.openLeg(incoming.offer)
  if (!leg.ok) return incoming.refuse(leg.error)
  const { legId, sdp } = leg.value
  if (incoming.cancelled.aborted) return ctx.audio.closeLeg(legId)
  const call = newCall(ctx, incoming, legId, route, held.move())
  ctx.calls.add(call)
  await call.run(() => answer(ctx, call, incoming, sdp, route, admitted.value))
}

const LATER: SipRefusal = { status: 503, retryAfterS: 10 }

function admit(ctx: CallContext, incoming: IncomingCall): Promise<Result<Admission, SipRefusal>> {
  return ctx.admit(incoming).catch((error: unknown) => {
    ctx.log.error({ err: error, callId: incoming.callId }, 'a call is refused: nobody can say whether it may come in')
    return err(LATER)
  })
}

async function routeOf(
  ctx: CallContext,
  { from, callId }: IncomingCall,
  { called, defaultCountry }: Admission,
): Promise<Route | SipRefusal> {
  try {
    const published = await findFlowByNumber(ctx.sql, called)
    if (!published) return { status: 404 }
    const flow = parseFlow(published.flow)
    if (!flow.ok) {
      ctx.log.error({ flowId: published.id, faults: flow.error }, 'a published flow is broken')
      return { status: 500 }
    }
    const caller = await readCallerNumber(from.number, defaultCountry)
    return { flowId: published.id, version: published.version, flow: flow.value, caller }
  } catch (error) {
    ctx.log.error({ err: error, callId }, 'a call is refused: the database cannot be asked')
    return LATER
  }
}

async function answer(
  ctx: CallContext,
  call: LiveCall,
  incoming: IncomingCall,
  sdp: string,
  route: Route,
  { called, trunk }: Admission,
): Promise<void> {
  const { contactId, gatewayId, startedAt, caller } = call.contact
  ctx.ledger.record(contactId, 'contact_started', startedAt, {
    direction: 'inbound',
    from: incoming.from.number,
    fromName: caller.name,
    number: route.caller?.e164 ?? null,
    place: caller.place,
    to: called.slice(0, 120),
    sipCallId: incoming.callId.slice(0, 300),
    gatewayId,
    trunk,
  })
  const identified = lookUpCaller(ctx, call, null)
  const answered = await incoming.answer(sdp, callerEvents(ctx, call))
  if (!answered.ok) return endCall(ctx, call, answered.error)
  call.caller = answered.value
  ctx.ledger.record(contactId, 'ivr_entered', ctx.clock(), { flowId: route.flowId, version: route.version })
  // Queued behind this deed: the flow begins once the number was looked up (or could not be), and the caller is heard.
  identified
    .then(({ found, grade }) =>
      call.run(async () => {
        const match = found === 'failed' ? 'none' : found
        call.ivr.state = { ...call.ivr.state, facts: { ...call.ivr.state.facts, match, grade } }
        await startFlow(ctx, call, 'start')
      }),
    )
    .catch((error: unknown) => ctx.log.error({ err: error, contactId }, 'the flow of a call could not be started'))
}
