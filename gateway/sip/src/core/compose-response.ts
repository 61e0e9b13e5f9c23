import type { SipRequest } from '../message/message.ts'
import { type OutgoingHeader, writeMessage } from '../message/write-message.ts'

export type ResponseParts = {
  readonly request: SipRequest
  readonly vias: readonly string[]
  readonly status: number
  readonly reason: string
  /** Added to To unless the request had a tag there already. */
  readonly toTag: string
  readonly headers: readonly OutgoingHeader[]
  readonly body: Buffer | undefined
}

const hasTag = /;\s*tag\s*=/i

/** A response to a request, with what RFC 3261 section 8.2.6 has copied from it. Works on malformed requests too. */
export function composeResponse({ request, vias, status, reason, toTag, headers, body }: ResponseParts): Buffer {
  const lines: OutgoingHeader[] = vias.map((via) => ['Via', via])
  const to = request.headers.get('to')
  const from = request.headers.get('from')
  const cseq = request.headers.get('cseq')
  if (from !== undefined) lines.push(['From', from])
  if (to !== undefined) lines.push(['To', status === 100 || hasTag.test(to) ? to : `${to};tag=${toTag}`])
  if (request.callId !== '') lines.push(['Call-ID', request.callId])
  if (cseq !== undefined) lines.push(['CSeq', cseq])
  if (status > 100 && status < 300 && (request.method === 'INVITE' || request.method === 'SUBSCRIBE')) {
    for (const line of request.headers) if (line.key === 'record-route') lines.push(['Record-Route', line.value])
  }
  lines.push(...headers)
  return writeMessage(`SIP/2.0 ${status} ${reason}`, lines, body)
}
