import type { RequestBase } from '../core/compose-request.ts'
import type { IncomingRequest } from '../core/incoming-request.ts'
import type { Headers } from '../message/headers.ts'
import { type OutgoingHeader, outgoing, writeMessage } from '../message/write-message.ts'

/** What an application can not add: these say where a message goes and where it ends. */
const untouchable = new Set([
  'via',
  'route',
  'record-route',
  'from',
  'to',
  'call-id',
  'cseq',
  'content-length',
  'max-forwards',
])

export type Forwarding = {
  readonly base: RequestBase
  /** Lines of the server: Record-Route or Path. They go above those that are there. */
  readonly recorded: readonly OutgoingHeader[]
  /** Headers of the application, in place of those of the same name. */
  readonly extra: Headers
}

/** A copy of a request for the next hop (RFC 3261 section 16.6): everything unknown goes on as it came. */
export function forwardedRequest(incoming: IncomingRequest, { base, recorded, extra }: Forwarding): Buffer {
  const { request, vias } = incoming
  const added = [...extra].filter(({ key }) => !untouchable.has(key))
  const replaced = new Set(added.map(({ key }) => key))
  const lines: OutgoingHeader[] = [['Via', base.via]]
  for (const via of vias) lines.push(['Via', via])
  lines.push(...recorded)
  for (const route of base.routes) lines.push(['Route', route])
  lines.push(['Max-Forwards', base.maxForwards])
  for (const { key, name, value } of request.headers) {
    if (key === 'via' || key === 'route' || key === 'max-forwards' || key === 'content-length') continue
    if (!replaced.has(key)) lines.push([name, value])
  }
  lines.push(...added.map(outgoing))
  return writeMessage(`${request.method} ${base.uri} SIP/2.0`, lines, request.body)
}
