import type { OfferOutcome, Termination } from '@ringdown/core/contact'
import { never } from '@ringdown/core/kernel'

type Reason = Termination['reason']

/** Whose leg it is: the caller's, or that of an agent. */
export type LegSide = 'caller' | 'agent'

/** Every way a leg can end. */
export type LegEnd =
  /** What we dialled answered with a final response that is no success. `rang`: a 180 or 183 came first. */
  | { by: 'response'; status: number; rang: boolean }
  /** We refused a caller's INVITE. */
  | { by: 'refusal'; status: number }
  /** The caller's CANCEL. */
  | { by: 'cancel' }
  /** Our INVITE, or our answer to one, could not be sent. */
  | { by: 'failure' }
  /** The other side's BYE, or one the SIP server sent on its own, whose reason phrase is all there is to go by. */
  | { by: 'bye'; reason: string }
  /** Nothing was heard of the other side for too long. */
  | { by: 'silence' }
  /** The SIP server was lost before the leg was answered. */
  | { by: 'server' }

/** The one place that says who ended a leg, and why. Call control's own decisions bring their termination along. */
export function classifyEnd(end: LegEnd, side: LegSide): Termination {
  switch (end.by) {
    case 'response':
      return classifyStatus(end.status, end.rang, side)
    case 'refusal':
      return { party: 'system', reason: reasonOfRefusal(end.status) }
    case 'cancel':
      return { party: side, reason: 'cancelled' }
    case 'failure':
      return { party: 'network', reason: 'error' }
    case 'bye':
      return classifyBye(end.reason, side)
    case 'silence':
      return { party: 'network', reason: 'media_timeout' }
    case 'server':
      return { party: 'system', reason: 'unreachable' }
    default:
      return never(end)
  }
}

function classifyStatus(status: number, rang: boolean, side: LegSide): Termination {
  const reason = reasonOfStatus(status, rang)
  return { party: reason === 'unreachable' || reason === 'error' ? 'network' : side, reason }
}

function reasonOfStatus(status: number, rang: boolean): Reason {
  switch (status) {
    case 486:
    case 600:
      return 'busy'
    case 408:
      return rang ? 'no_answer' : 'unreachable'
    case 401:
    case 403:
    case 407:
    case 603:
    case 607:
      return 'rejected'
    case 415:
    case 488:
    case 606:
      return 'no_common_codec'
    case 487:
      return 'cancelled'
    case 404:
    case 410:
    case 480:
    case 484:
    case 502:
    case 503:
    case 504:
    case 604:
      return 'unreachable'
    default:
      return status >= 300 && status < 400 ? 'unreachable' : 'error'
  }
}

/** 404 says that nobody has the number, 503 that we cannot now; the rest is somebody who may not, or a fault. */
function reasonOfRefusal(status: number): Reason {
  if (status === 404) return 'unknown_number'
  if (status === 503) return 'unreachable'
  if (status === 488) return 'no_common_codec'
  return status >= 500 ? 'error' : 'rejected'
}

function classifyBye(reason: string, side: LegSide): Termination {
  if (/ack timeout/i.test(reason)) return { party: 'network', reason: 'ack_timeout' }
  if (/cancel/i.test(reason)) return { party: side, reason: 'cancelled' }
  if (/session timer|expired/i.test(reason)) return { party: 'network', reason: 'unreachable' }
  return { party: side, reason: 'normal' }
}

/** What a failed dialling means for the offer that rang. */
export function offerOutcomeOf({
  reason,
}: Termination): Extract<OfferOutcome, 'rejected' | 'expired' | 'device_failed'> {
  if (reason === 'busy' || reason === 'rejected') return 'rejected'
  return reason === 'no_answer' || reason === 'cancelled' ? 'expired' : 'device_failed'
}
