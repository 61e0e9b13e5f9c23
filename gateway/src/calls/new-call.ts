import { ContactId, GatewayId } from '@ringdown/core/kernel'
import type { IncomingCall } from '../sip/sip-leg.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { mailbox } from './mailbox.ts'
import type { Route } from './receive-call.ts'

/** A call as it stands when its INVITE has come: nobody has spoken yet. */
export function newCall(
  ctx: CallContext,
  incoming: IncomingCall,
  legId: string,
  { flow, caller }: Route,
  line: Disposable,
): LiveCall {
  const number = caller?.e164 ?? incoming.from.number
  return {
    sipCallId: incoming.callId,
    run: mailbox(),
    legId,
    line,
    caller: null,
    phase: { state: 'greeted' },
    contact: {
      contactId: ContactId.parse(ctx.newId()),
      gatewayId: GatewayId.parse(ctx.gatewayId),
      phase: 'greeted',
      startedAt: ctx.clock(),
      caller: { number, name: incoming.from.name, place: caller?.place ?? null },
      language: flow.language,
      ivrPath: [],
      match: { kind: 'none' },
      code: null,
      customerId: null,
      personId: null,
      queue: null,
      offer: null,
      segment: null,
      surveySent: false,
      notes: '',
      transferredFrom: null,
    },
    ivr: {
      flow,
      state: {
        state: 'ended',
        facts: {
          language: flow.language,
          number,
          match: 'none',
          grade: null,
          code: null,
          collected: null,
          chosen: {},
          asked: {},
        },
      },
      wait: null,
    },
    playing: null,
    stay: null,
    ringing: null,
    agent: null,
    bridgeId: null,
    recording: null,
    surveyId: null,
  }
}
