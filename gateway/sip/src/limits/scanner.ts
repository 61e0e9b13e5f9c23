import type { SipRequest } from '../message/message.ts'

/** Names that tools for finding open servers give themselves. */
export const knownScanners =
  'friendly-?(scanner|request)|sip-?vicious|sipscan|sip-scan|sipcli|sundayddr|iWar|SIVuS|smap|pplsip|VaxSIPUserAgent|VaxIPUserAgent|Elite ?SIP|sipptk|gulp'

/** Whether a request names such a tool as its sender. */
export function isScanner({ headers }: SipRequest, pattern: RegExp): boolean {
  return pattern.test(headers.get('user-agent') ?? '') || pattern.test(headers.get('from') ?? '')
}
