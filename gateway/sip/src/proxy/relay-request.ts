import { composeResponse } from '../core/compose-response.ts'
import type { Core } from '../core/core.ts'
import { reach } from '../core/reach.ts'
import { stampedVias } from '../core/stamped-vias.ts'
import { newTag } from '../message/ids.ts'
import type { SipRequest } from '../message/message.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { parameter } from '../message/parameters.ts'
import { formatVia } from '../message/via.ts'
import { type OutgoingHeader, writeMessage } from '../message/write-message.ts'
import type { Flow } from '../transport/flow.ts'
import { ownRoute, ownUri } from './own-address.ts'
import { contactKey } from './record-route.ts'
import { relayBranch } from './relay-branch.ts'

/**
 * Passes on a request that comes by a route of ours, Record-Route of a proxied dialog or Path of a registration, without
 * state (RFC 3261 section 16.11). False when it has no such route and is the server's own business.
 */
export function relayRequest(core: Core, request: SipRequest, flow: Flow): boolean {
  const routes = request.headers.list('route')
  const target = routes.length === 0 ? undefined : follow(core, request, routes)
  if (!target) return false
  const vias = stampedVias(request, flow.remote)
  const left = Number(request.headers.get('max-forwards') ?? 70)
  if (left === 0) {
    refuse(request, vias, flow, 483, 'Too Many Hops')
    return true
  }
  if (request.method === 'BYE') core.callRecords.stop('network', 'normal-release', request)
  reach(core, parseNameAddr(target.routes[0] ?? '')?.uri ?? target.uri, (reached) => {
    if (!('flow' in reached)) return refuse(request, vias, flow, 503, 'Service Unavailable')
    const { listener, protocol } = reached.flow
    const { host, port } = listener.advertised
    const branch = relayBranch(core.seal, vias[0] ?? '')
    const lines: OutgoingHeader[] = [['Via', formatVia(protocol, host, port, branch)]]
    for (const via of vias) lines.push(['Via', via])
    for (const route of target.routes) lines.push(['Route', route])
    lines.push(['Max-Forwards', String(left - 1)])
    for (const { key, name, value } of request.headers) if (!rewritten.has(key)) lines.push([name, value])
    const bytes = writeMessage(`${request.method} ${target.uri} SIP/2.0`, lines, request.body)
    core.metrics.requestSent(request.method)
    reached.flow.send(bytes)
    if (request.method === 'BYE') core.callRecords.stopSent('normal-release', bytes)
  })
  return true
}

const rewritten = new Set(['via', 'route', 'max-forwards', 'content-length'])

/** Where the routes lead behind ours; undefined when the first is not ours or was not made for this request. */
function follow(
  { seal, transports }: Core,
  request: SipRequest,
  routes: readonly string[],
): { uri: string; routes: readonly string[] } | undefined {
  const dialog = seal.of('dialog', request.callId)
  const strict = ownUri(transports, request.uri)
  if (strict && parameter(strict.parameters, 'rr') === dialog) {
    // Section 16.4: a strict router put our route into the Request-URI, and the true one last.
    const uri = parseNameAddr(routes.at(-1) ?? '')?.uri
    return uri === undefined ? undefined : { uri, routes: routes.slice(0, -1) }
  }
  const path = seal.of('path', contactKey(request.uri))
  let own = 0
  for (const route of routes) {
    const uri = ownRoute(transports, route)
    if (!uri || (parameter(uri.parameters, 'rr') !== dialog && parameter(uri.parameters, 'pt') !== path)) break
    own++
  }
  return own === 0 ? undefined : { uri: request.uri, routes: routes.slice(own) }
}

function refuse(request: SipRequest, vias: readonly string[], flow: Flow, status: number, reason: string): void {
  if (request.method === 'ACK') return
  flow.send(composeResponse({ request, vias, status, reason, toTag: newTag(), headers: [], body: undefined }))
}
