import { Headers } from '../message/headers.ts'
import { SipRequest } from '../message/message.ts'

const kept = new Set(['via', 'from', 'to', 'call-id', 'max-forwards'])

/** The CANCEL that the caller of this INVITE could have sent (RFC 3261 section 9.1). */
export function asCancel(invite: SipRequest): SipRequest {
  const lines = [...invite.headers].filter(({ key }) => kept.has(key))
  lines.push({ key: 'cseq', name: 'CSeq', value: `${invite.cseq.number} CANCEL` })
  lines.push({ key: 'content-length', name: 'Content-Length', value: '0' })
  let head = `CANCEL ${invite.uri} SIP/2.0\r\n`
  for (const { name, value } of lines) head += `${name}: ${value}\r\n`
  return new SipRequest('CANCEL', invite.uri, head, new Headers(lines), Buffer.alloc(0))
}
