import type { Termination } from '@ringdown/core/contact'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type { SrfRequest, SrfResponse } from 'drachtio-srf'
import { dialogLeg } from './dialog-leg.ts'
import { callerIdOf, nameAddress, userOf } from './headers.ts'
import { isOver } from './leg/leg.ts'
import type { LiveLeg } from './leg/legs.ts'
import { sendBye } from './send-bye.ts'
import type { Signalling } from './signalling.ts'
import type { IncomingCall, SipLeg, SipLegEvents, SipRefusal } from './sip-leg.ts'

/** Hands every INVITE outside a dialog to call control. What it throws is answered 500: a caller never waits for nothing. */
export function receiveInvites(signalling: Signalling, receive: (call: IncomingCall) => Promise<void>): void {
  signalling.sip.srf.invite((req, res) => {
    const call = incomingCall(signalling, req, res)
    receive(call).catch((error: unknown) => {
      signalling.log.error({ err: error, callId: call.callId }, 'a call could not be received')
      call.refuse({ status: 500 })
    })
  })
}

function incomingCall(signalling: Signalling, req: SrfRequest, res: SrfResponse): IncomingCall {
  const callId = req.get('Call-ID')
  const leg = signalling.legs.open({ side: 'caller', state: 'offered' }, () => callId)
  const gone = new AbortController()
  leg.watch((now) => now.state === 'ended' && gone.abort())
  req.on('cancel', () => leg.step({ type: 'cancelled' }))
  return {
    callId,
    from: callerIdOf(req),
    source: req.source_address,
    called: userOf(req.uri),
    addressee: userOf(nameAddress(req.get(req.has('P-Called-Party-ID') ? 'P-Called-Party-ID' : 'To')).uri),
    offer: req.body === '' ? null : req.body,
    cancelled: gone.signal,
    answer: (sdp, events) => answer(signalling, leg, req, res, sdp, events),
    refuse({ status, reason, retryAfterS }: SipRefusal) {
      const refused = { type: 'refused', status } as const
      if (!leg.can(refused)) return
      leg.step(refused)
      const headers = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) }
      if (reason === undefined) res.send(status, { headers })
      else res.send(status, reason, { headers })
    },
  }
}

/** The callback form of createUAS: a promise would let a BYE slip in before anybody listens. */
function answer(
  signalling: Signalling,
  leg: LiveLeg,
  req: SrfRequest,
  res: SrfResponse,
  localSdp: string,
  events: SipLegEvents,
): Promise<Result<SipLeg, Termination>> {
  const { sip, log } = signalling
  const { losses } = sip
  if (isOver(leg.now)) return Promise.resolve(err(leg.now.why))
  leg.step({ type: 'answering' })
  return new Promise((settle) => {
    leg.watch((now) => isOver(now) && settle(err(now.why)))
    sip.srf.createUAS(req, res, { localSdp }, (error: unknown, dialog) => {
      if (error) {
        // A CANCEL was told before, as the leg's own event.
        if (isOver(leg.now)) return
        log.warn({ err: error, callId: req.get('Call-ID') }, 'a call could not be answered')
        leg.step({ type: 'unsent' })
        return
      }
      if (isOver(leg.now)) return void sendBye(sip, dialog, losses)
      settle(ok(dialogLeg(signalling, leg, dialog, losses, events)))
    })
  })
}
