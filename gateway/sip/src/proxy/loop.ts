import { commaList } from '../message/comma-list.ts'
import { newBranch } from '../message/ids.ts'
import type { SipRequest } from '../message/message.ts'
import { parseVia } from '../message/via.ts'
import type { Transports } from '../transport/transports.ts'
import type { Seal } from './seal.ts'

/**
 * A branch for a request that we forward. It ends in a seal over all that decides where the request goes, so that the
 * same request is known when it comes back (RFC 3261 section 16.6, step 8).
 */
export function forwardingBranch(seal: Seal, request: SipRequest): string {
  return `${newBranch()}.${seal.of('loop', route(request))}`
}

/**
 * Whether a request went through this server before: `loop` when nothing changed since, `spiral` when it is on its way
 * to somewhere else (section 16.3, step 4).
 */
export function passedBefore(seal: Seal, transports: Transports, request: SipRequest): 'loop' | 'spiral' | undefined {
  let seen: 'spiral' | undefined
  let first = true
  for (const line of request.headers) {
    if (line.key !== 'via') continue
    const elements = commaList(line.value)
    for (const element of first ? elements.slice(1) : elements) {
      const via = parseVia(element)
      if (!via || !transports.isOwn({ host: via.host, port: via.port ?? 5060 })) continue
      if (via.branch.endsWith(`.${seal.of('loop', route(request))}`)) return 'loop'
      seen = 'spiral'
    }
    first = false
  }
  return seen
}

function route(request: SipRequest): string {
  const { callId, fromTag, toTag, cseq, uri } = request
  return [uri, callId, fromTag, toTag, cseq.number, ...request.headers.list('route')].join('\0')
}
