import { randomUUID } from 'node:crypto'
import { Dialog } from '../dialog/dialog.ts'
import { parseCSeq } from '../message/cseq.ts'
import { newBranch, newTag } from '../message/ids.ts'
import { parseNameAddr, partyOf, tagOf } from '../message/name-addr.ts'
import { hostPort } from '../message/uri.ts'
import { formatVia } from '../message/via.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import type { Flow } from '../transport/flow.ts'
import type { Listener } from '../transport/listener.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { AppMessage } from '../wire/app-message.ts'
import { appHeaders, contactFor, guessContentType, withOurAddress } from './app-headers.ts'
import { ClientInvite } from './client-invite.ts'
import { ClientRequest } from './client-request.ts'
import { composeRequest, type RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'
import { echoRequest } from './echo-request.ts'
import type { Elsewhere } from './elsewhere.ts'
import { type Reached, reach } from './reach.ts'
import { startSeq } from './start-seq.ts'

type AppRequest = Extract<AppMessage, { kind: 'request' }>

const taken = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'contact']

/**
 * An application sends a request outside any dialog. Call-ID, CSeq number and From tag are honoured when given: that is
 * how drachtio-srf repeats a challenged request (wire protocol, sections 7 and 8.8). `route` is the next hop; empty for
 * the Request-URI.
 */
export function sendRequest(core: Core, app: AppConnection, frameId: string, request: AppRequest, route: string): void {
  const uri = withScheme(request.uri)
  reach(core, route === '' ? uri : withScheme(route), (reached) => {
    if ('refused' in reached) return app.reply(frameId, `NOK|${reached.refused}`)
    const listener = 'flow' in reached ? reached.flow.listener : reached.unresolved
    const base = initialBase(request, uri, listener)
    if (typeof base === 'string') return app.reply(frameId, `NOK|${base}`)
    const type = guessContentType(request.headers, request.body)
    if (request.body.length > 0 && !type && !request.headers.has('content-type')) {
      return app.reply(frameId, 'NOK|missing content-type')
    }
    const headers = [...contactLine(request, listener), ...appHeaders(request.headers, taken, listener)]
    if (type) headers.push(type)
    const bytes = composeRequest(base, request.method, headers, request.body)
    const flow = 'flow' in reached ? reached.flow : unreachable(listener)
    launch(core, app, frameId, request, base, flow, bytes, headers, elsewhere(reached, request, base))
  })
}

function launch(
  core: Core,
  app: AppConnection,
  frameId: string,
  { method, body }: AppRequest,
  base: RequestBase,
  flow: Flow,
  bytes: Buffer,
  headers: readonly OutgoingHeader[],
  next: Elsewhere,
): void {
  const txnId = randomUUID()
  core.metrics.requestSent(method)
  if (method !== 'INVITE' && method !== 'SUBSCRIBE') {
    // The echo is written first: drachtio-srf knows the request only from then on.
    echoRequest(app, frameId, bytes, flow, txnId)
    new ClientRequest(core, app, txnId, method, base, flow, undefined, false, next).start(bytes)
    return
  }
  const dialog = newDialog(app, method, base)
  dialog.localContact = headers.find(([name]) => name === 'Contact')?.[1] ?? ''
  if (method === 'INVITE' && body.length > 0) dialog.localSdp = body.toString('latin1')
  core.dialogs.add(dialog)
  echoRequest(app, frameId, bytes, flow, txnId)
  if (method === 'SUBSCRIBE') {
    new ClientRequest(core, app, txnId, method, base, flow, dialog, false, next).start(bytes)
    return
  }
  core.callRecords.attemptSent(bytes)
  new ClientInvite(core, txnId, base, flow, dialog, next).start(bytes)
}

/** The same request for the next address, with what depends on where it leaves: branch, Via and our own addresses. */
function elsewhere(first: Reached, request: AppRequest, base: RequestBase): Elsewhere {
  let reached: Reached | undefined = first
  return () => {
    reached = reached && 'flow' in reached ? reached.next?.() : undefined
    if (!reached || !('flow' in reached)) return undefined
    const { flow } = reached
    const { advertised, protocol } = flow.listener
    const branch = newBranch()
    const again = { ...base, branch, via: formatVia(protocol, advertised.host, advertised.port, branch) }
    const headers = [...contactLine(request, flow.listener), ...appHeaders(request.headers, taken, flow.listener)]
    const type = guessContentType(request.headers, request.body)
    if (type) headers.push(type)
    return { base: again, flow, bytes: composeRequest(again, request.method, headers, request.body) }
  }
}

/** Undefined parts are made up here. A text result is the reason why the request can not be sent. */
function initialBase(request: AppRequest, uri: string, listener: Listener): RequestBase | string {
  const { headers } = request
  const { host, port } = listener.advertised
  const from = parseNameAddr(withOurAddress(headers.get('from') ?? `<sip:${hostPort(host, port)}>`, listener))
  if (!from) return 'invalid From header'
  const to = parseNameAddr(withOurAddress(headers.get('to') ?? `<${uri}>`, listener))
  if (!to) return 'invalid To header'
  const branch = newBranch()
  return {
    uri,
    branch,
    via: formatVia(listener.protocol, host, port, branch),
    routes: [],
    maxForwards: headers.get('max-forwards') ?? '70',
    from: `${partyOf(from)}${from.parameters}${tagOf(from) === undefined ? `;tag=${newTag()}` : ''}`,
    to: `${partyOf(to)}${to.parameters}`,
    callId: headers.get('call-id') || randomUUID(),
    seq: parseCSeq(`${Number.parseInt(headers.get('cseq') ?? '', 10)} ${request.method}`)?.number ?? startSeq(),
  }
}

function newDialog(app: AppConnection, method: 'INVITE' | 'SUBSCRIBE', base: RequestBase): Dialog<AppConnection> {
  const from = parseNameAddr(base.from)
  const to = parseNameAddr(base.to)
  if (!from || !to) throw new Error('a request of our own with malformed From or To')
  const tag = tagOf(from) ?? ''
  const dialog = new Dialog<AppConnection>({
    kind: method,
    role: 'uac',
    callId: base.callId,
    localTag: tag,
    localParty: partyOf(from),
    remoteParty: partyOf(to),
    fromTag: tag,
    owner: app,
  })
  dialog.localSeq = base.seq
  dialog.firstTarget = base.uri
  return dialog
}

/** INVITE and SUBSCRIBE always carry a Contact; in other requests only the application's own. */
function contactLine({ method, headers }: AppRequest, listener: Listener): OutgoingHeader[] {
  const given = headers.get('contact')
  if (given === undefined && method !== 'INVITE' && method !== 'SUBSCRIBE') return []
  return [['Contact', given === '*' ? given : contactFor(given, listener)]]
}

/** `10.0.0.1:5060` is a URI to applications; a bare number is a user at our own address. */
function withScheme(uri: string): string {
  if (/^[a-z][a-z0-9+.-]*:[^\d]/i.test(uri) || /^(sips?|tel):/i.test(uri)) return uri
  return /^\+?\d+$/.test(uri) ? `sip:${uri}@localhost` : `sip:${uri}`
}

/** Stands in for a far end whose name does not resolve: the transaction fails as it would on a dead network. */
function unreachable(listener: Listener): Flow {
  return {
    protocol: listener.protocol,
    reliable: true,
    framing: 'datagram',
    listener,
    remote: listener.advertised,
    open: false,
    send: (_bytes, failed) => failed && setImmediate(failed),
    close() {},
  }
}
