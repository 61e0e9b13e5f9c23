import type { IncomingRequest } from '../core/incoming-request.ts'
import type { SipResponse } from '../message/message.ts'
import { type OutgoingHeader, writeMessage } from '../message/write-message.ts'

const challenges = new Set(['www-authenticate', 'proxy-authenticate'])

/**
 * A response on its way back: without our Via, with those that the request came with (RFC 3261 section 16.7, step 3).
 * `aggregated` replaces the challenges of this one response by those of all branches (step 7).
 */
export function forwardedResponse(
  { vias }: IncomingRequest,
  response: SipResponse,
  aggregated?: readonly OutgoingHeader[],
): Buffer {
  const lines: OutgoingHeader[] = vias.map((via) => ['Via', via])
  for (const { key, name, value } of response.headers) {
    if (key === 'via' || key === 'content-length' || (aggregated && challenges.has(key))) continue
    lines.push([name, value])
  }
  if (aggregated) lines.push(...aggregated)
  return writeMessage(`SIP/2.0 ${response.status} ${response.reason}`, lines, response.body)
}

/** All challenges of several responses, line by line. */
export function challengesOf(responses: readonly SipResponse[]): OutgoingHeader[] {
  return responses.flatMap((response) =>
    [...response.headers]
      .filter(({ key }) => challenges.has(key))
      .map(({ name, value }): OutgoingHeader => [name, value]),
  )
}
