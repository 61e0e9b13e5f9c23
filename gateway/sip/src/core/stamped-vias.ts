import type { SipRequest } from '../message/message.ts'
import { stampVia } from '../message/via.ts'
import type { Endpoint } from '../transport/flow.ts'

/** The Via values of a request, line by line, with `received` and `rport` in the topmost element. */
export function stampedVias(request: SipRequest, source: Endpoint): string[] {
  const lines: string[] = []
  for (const { key, value } of request.headers) if (key === 'via') lines.push(value)
  const first = lines[0]
  if (first === undefined) return lines
  const top = request.topViaText
  lines[0] = stampVia(top, request.via, source) + first.slice(first.indexOf(top) + top.length)
  return lines
}
