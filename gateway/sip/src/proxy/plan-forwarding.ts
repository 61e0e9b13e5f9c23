import type { RequestBase } from '../core/compose-request.ts'
import type { Core } from '../core/core.ts'
import type { IncomingRequest } from '../core/incoming-request.ts'
import { formatVia } from '../message/via.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import type { Flow } from '../transport/flow.ts'
import { forwardingBranch } from './loop.ts'
import { ownRoute, ownUri } from './own-address.ts'
import { pathValue, recordRoutes } from './record-route.ts'

/**
 * How a request goes on to one destination (RFC 3261 section 16.6): the destination becomes the Request-URI when the
 * request was for ourselves, else it is only the next hop (wire protocol, section 8.7).
 */
export function planForwarding(
  { seal, transports }: Core,
  { request, flow: from }: IncomingRequest,
  target: string,
  flow: Flow,
  recordRoute: boolean,
): { base: RequestBase; recorded: readonly OutgoingHeader[] } {
  const { headers } = request
  const branch = forwardingBranch(seal, request)
  const { host, port } = flow.listener.advertised
  const base: RequestBase = {
    uri: ownUri(transports, request.uri) ? target : request.uri,
    branch,
    via: formatVia(flow.protocol, host, port, branch),
    routes: headers.list('route').filter((value) => !ownRoute(transports, value)),
    maxForwards: String(Number(headers.get('max-forwards') ?? 71) - 1),
    from: headers.get('from') ?? '',
    to: headers.get('to') ?? '',
    callId: request.callId,
    seq: request.cseq.number,
  }
  if (!recordRoute) return { base, recorded: [] }
  if (request.method !== 'REGISTER') {
    const values = recordRoutes(seal, request, from.listener, flow.listener)
    return { base, recorded: values.map((value): OutgoingHeader => ['Record-Route', value]) }
  }
  const path = pathValue(seal, request, flow.listener)
  return {
    base,
    recorded:
      path === undefined
        ? []
        : [
            ['Path', path],
            ['Require', 'path'],
          ],
  }
}
