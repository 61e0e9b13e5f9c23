import { type SessionExpires, sessionExpires } from '../dialog/session-timer.ts'
import type { Headers } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import type { Policy } from './core.ts'

/** The Min-SE that a request has to be refused with (RFC 4028 section 6); undefined when it need not be. */
export function tooShortSession({ headers }: SipRequest, { minSessionS }: Policy): number | undefined {
  const asked = sessionExpires(headers)
  return asked && asked.seconds < minSessionS && headers.hasOption('supported', 'timer') ? minSessionS : undefined
}

/**
 * The session timer of a 2xx (section 9, table 2): the application's own wish goes first, then what the caller asked for
 * if it says who refreshes; if not, the operator's choice. Undefined when there is to be none.
 */
export function sessionOfAnswer(
  { headers }: SipRequest,
  wished: Headers,
  { minSessionS, sessionRefresher }: Policy,
): Required<SessionExpires> | undefined {
  const asked = sessionExpires(headers)
  const wish = sessionExpires(wished)
  const supported = headers.hasOption('supported', 'timer')
  const least = Math.max(minSessionS, Number.parseInt(headers.get('min-se') ?? '0', 10) || 0)
  const seconds = Math.max(least, wish?.seconds ?? asked?.seconds ?? 0)
  if (wish) return { seconds, refresher: supported ? (wish.refresher ?? asked?.refresher ?? 'uac') : 'uas' }
  if (!asked) return undefined
  const chosen = asked.refresher ?? (sessionRefresher === 'none' ? undefined : sessionRefresher)
  if (chosen === undefined) return undefined
  return { seconds, refresher: supported ? chosen : 'uas' }
}

/** The headers that say so in the 2xx. */
export function sessionLines({ seconds, refresher }: SessionExpires): OutgoingHeader[] {
  const line: OutgoingHeader = ['Session-Expires', `${seconds};refresher=${refresher}`]
  return refresher === 'uac' ? [['Require', 'timer'], line] : [line]
}
