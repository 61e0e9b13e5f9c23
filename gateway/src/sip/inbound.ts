import type { Termination } from '@ringdown/core/contact'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type Srf from 'drachtio-srf'
import type { SrfRequest, SrfResponse } from 'drachtio-srf'
import type { Logger } from 'pino'
import { dialogLeg } from './dialog-leg.ts'
import { callerIdOf, nameAddress, userOf } from './headers.ts'
import type { IncomingCall, SipLeg, SipLegEvents, SipRefusal } from './sip-leg.ts'

/** Hands every INVITE outside a dialog to call control. What it throws is answered 500: a caller never waits for nothing. */
export function receiveInvites(srf: Srf, receive: (call: IncomingCall) => Promise<void>, log: Logger): void {
  srf.invite((req, res) => {
    receive(incomingCall(srf, req, res, log)).catch((error: unknown) => {
      log.error({ err: error, callId: req.get('Call-ID') }, 'a call could not be received')
      if (!res.finalResponseSent) res.send(500)
    })
  })
}

function incomingCall(srf: Srf, req: SrfRequest, res: SrfResponse, log: Logger): IncomingCall {
  const cancelled = new AbortController()
  req.on('cancel', () => cancelled.abort())
  return {
    callId: req.get('Call-ID'),
    from: callerIdOf(req),
    source: req.source_address,
    called: userOf(req.uri),
    addressee: userOf(nameAddress(req.get(req.has('P-Called-Party-ID') ? 'P-Called-Party-ID' : 'To')).uri),
    offer: req.body === '' ? null : req.body,
    cancelled: cancelled.signal,
    answer: (sdp, events) => answer(srf, req, res, sdp, events, log),
    refuse({ status, reason, retryAfterS }: SipRefusal) {
      if (res.finalResponseSent || cancelled.signal.aborted) return
      const headers = retryAfterS === undefined ? {} : { 'Retry-After': String(retryAfterS) }
      if (reason === undefined) res.send(status, { headers })
      else res.send(status, reason, { headers })
    },
  }
}

/** The callback form of createUAS: a promise would let a BYE slip in before anybody listens. */
function answer(
  srf: Srf,
  req: SrfRequest,
  res: SrfResponse,
  localSdp: string,
  events: SipLegEvents,
  log: Logger,
): Promise<Result<SipLeg, Termination>> {
  return new Promise((settle) => {
    srf.createUAS(req, res, { localSdp }, (error: unknown, dialog) => {
      if (!error) return settle(ok(dialogLeg(dialog, 'caller', events, log)))
      const cancelled = (error as { status?: unknown }).status === 487
      if (!cancelled) log.warn({ err: error, callId: req.get('Call-ID') }, 'a call could not be answered')
      settle(err(cancelled ? { party: 'caller', reason: 'cancelled' } : { party: 'network', reason: 'error' }))
    })
  })
}
