import type { OfferOutcome, Termination } from '@ringdown/core/contact'

type Reason = Termination['reason']

/** Who ended what we dialled, and why. `rang`: a 180 or 183 came first. */
export function classifyStatus(status: number, rang: boolean): Termination {
  const reason = reasonOf(status, rang)
  return { party: reason === 'unreachable' || reason === 'error' ? 'network' : 'agent', reason }
}

function reasonOf(status: number, rang: boolean): Reason {
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

/**
 * How a confirmed leg ended: by the other side's BYE, or by one the SIP server sent on its own, whose reason phrase is
 * all there is to go by.
 */
export function classifyBye(reason: string, who: 'caller' | 'agent'): Termination {
  if (/ack timeout/i.test(reason)) return { party: 'network', reason: 'ack_timeout' }
  if (/cancel/i.test(reason)) return { party: who, reason: 'cancelled' }
  if (/session timer|expired/i.test(reason)) return { party: 'network', reason: 'unreachable' }
  return { party: who, reason: 'normal' }
}

/** What a failed dialling means for the offer that rang. */
export function offerOutcomeOf({
  reason,
}: Termination): Extract<OfferOutcome, 'rejected' | 'expired' | 'device_failed'> {
  if (reason === 'busy' || reason === 'rejected') return 'rejected'
  return reason === 'no_answer' || reason === 'cancelled' ? 'expired' : 'device_failed'
}
