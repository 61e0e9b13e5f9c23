import type { Dialog } from '../dialog/dialog.ts'
import { ReliableProvisionals } from '../dialog/reliable-provisionals.ts'
import type { SessionExpires } from '../dialog/session-timer.ts'
import type { Headers } from '../message/headers.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import { InviteServer } from '../transaction/invite-server.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { AppMessage } from '../wire/app-message.ts'
import { metadata } from '../wire/leader.ts'
import { acceptInvite } from './accept-invite.ts'
import { appHeaders, contactFor, guessContentType } from './app-headers.ts'
import { composeResponse } from './compose-response.ts'
import type { Core } from './core.ts'
import { refreshTarget } from './dialog-target.ts'
import { giveUpInvite } from './give-up-invite.ts'
import { answer, type IncomingRequest, settle } from './incoming-request.ts'
import { chooseToTag, joinDialog } from './join-dialog.ts'
import { keepSessionAsUas } from './keep-session.ts'
import { sessionLines, sessionOfAnswer } from './negotiate-session.ts'

type AppResponse = Extract<AppMessage, { kind: 'response' }>

/** Copied from the request or made by the server, whatever the application wrote. */
const copied = ['from', 'to', 'call-id', 'cseq', 'contact']

/** An application answers a request from the network (wire protocol, sections 4.4 and 8.1). */
export function sendResponse(core: Core, app: AppConnection, frameId: string, txnId: string, text: AppResponse): void {
  const incoming = core.incoming.get(txnId)
  if (!incoming) {
    app.reply(frameId, 'NOK|Response not sent due to unknown transaction')
    return
  }
  if (!incoming.flow.open) {
    // Nobody hears this answer; it lets transaction and early dialog end.
    answer(core, incoming, 503, 'Service Unavailable')
    if (incoming.dialog?.state === 'early') core.dialogs.remove(incoming.dialog)
    app.reply(frameId, 'NOK|transport for response has been shutdown or closed')
    return
  }
  const { request, vias, flow, transaction } = incoming
  const { status, reason, headers, body } = text
  const reliable = request.method === 'INVITE' && status > 100 && status < 200 && headers.hasOption('require', '100rel')
  if (
    reliable &&
    !request.headers.hasOption('supported', '100rel') &&
    !request.headers.hasOption('require', '100rel')
  ) {
    app.reply(frameId, 'NOK|Remote endpoint does not support 100rel')
    return
  }
  chooseToTag(incoming, headers.get('to'))
  const dialog = status > 100 ? joinDialog(core, incoming, status, app) : undefined
  if (dialog) dialog.reliable ??= reliable ? reliableProvisionals(core, incoming) : undefined
  const rseq = reliable && dialog?.reliable ? dialog.reliable.nextRSeq() : undefined

  const lines: OutgoingHeader[] = []
  const contact = contactOf(incoming, text, reliable)
  if (contact !== undefined) lines.push(['Contact', contact])
  if (contact !== undefined && dialog) dialog.localContact = contact
  if (rseq !== undefined) lines.push(['RSeq', String(rseq)])
  const session = sessionAgreed(core, incoming, dialog, status, headers)
  if (session) lines.push(...sessionLines(session))
  lines.push(...appHeaders(headers, session ? [...copied, 'session-expires'] : copied, flow.listener))
  const type = guessContentType(headers, body)
  if (type) lines.push(type)
  const bytes = composeResponse({ request, vias, status, reason, toTag: transaction.toTag, headers: lines, body })

  if (dialog && body.length > 0 && status < 300 && request.method !== 'SUBSCRIBE')
    dialog.localSdp = body.toString('latin1')

  const dialogId = dialog?.state === 'ended' ? '' : (dialog?.id ?? '')
  send(core, incoming, dialog, status, bytes, rseq, body.length > 0)
  if (dialog && isSessionAnswer(incoming, status)) keepSessionAsUas(core, dialog, request, session)
  const echo = metadata('application', bytes.length, flow, 'remote')
  app.reply(frameId, `OK|${echo}|${txnId}|${dialogId}||Msg sent:|`, bytes)
}

/** RFC 4028: sessions are timed by the 2xx to INVITE and UPDATE. */
function isSessionAnswer({ request: { method } }: IncomingRequest, status: number): boolean {
  return status >= 200 && status < 300 && (method === 'INVITE' || method === 'UPDATE')
}

function sessionAgreed(
  { policy }: Core,
  incoming: IncomingRequest,
  dialog: Dialog<AppConnection> | undefined,
  status: number,
  wished: Headers,
): SessionExpires | undefined {
  if (!dialog || !isSessionAnswer(incoming, status)) return undefined
  return sessionOfAnswer(incoming.request, wished, policy)
}

/** Contact goes where RFC 3261 table 2 wants it even when the application gave none. */
function contactOf(
  { request, flow, dialog }: IncomingRequest,
  text: AppResponse,
  reliable: boolean,
): string | undefined {
  const given = text.headers.get('contact')
  const { method } = request
  const success = text.status >= 200 && text.status < 300
  const needed =
    (success && (method === 'INVITE' || method === 'UPDATE')) || (method === 'SUBSCRIBE' && success) || reliable
  if (needed) return contactFor(given ?? (dialog?.localContact || undefined), flow.listener)
  if (given === undefined) return undefined
  return method === 'INVITE' && text.status < 300 ? contactFor(given, flow.listener) : given
}

/** Puts the response on the wire, and draws what follows from it for request and dialog. */
function send(
  core: Core,
  incoming: IncomingRequest,
  dialog: Dialog<AppConnection> | undefined,
  status: number,
  bytes: Buffer,
  rseq: number | undefined,
  described: boolean,
): void {
  const { transaction, request, flow } = incoming
  const { machine } = transaction
  machine.stopEnding()
  if (rseq !== undefined && dialog?.reliable) {
    dialog.reliable.add(rseq, described, () => machine.respond(status, bytes))
    return
  }
  if (status < 200) {
    machine.respond(status, bytes)
    return
  }
  if (status >= 300) {
    dialog?.reliable?.stop()
    machine.respond(status, bytes)
    if (dialog?.state === 'early') core.dialogs.remove(dialog)
    if (request.method === 'INVITE') core.callRecords.stopSent('call-rejected', bytes)
    settle(core, incoming)
    return
  }
  if (request.method === 'REGISTER') {
    core.registered.remember(request, flow, undefined, Date.now())
  }
  if (machine instanceof InviteServer && dialog) {
    acceptInvite(core, incoming, dialog, machine, status, bytes)
    return
  }
  if (request.method === 'UPDATE' && dialog) refreshTarget(dialog, request, flow, core.policy.natDetection)
  if (request.method === 'SUBSCRIBE' && dialog) dialog.state = 'confirmed'
  machine.respond(status, bytes)
  endSubscription(core, incoming)
  settle(core, incoming)
}

function reliableProvisionals(core: Core, incoming: IncomingRequest): ReliableProvisionals {
  return new ReliableProvisionals(core.scheduler, core.timers, () =>
    giveUpInvite(core, incoming, 504, 'Server Time-out'),
  )
}

/** RFC 6665 section 4.4.1: a terminating NOTIFY ends the subscription's dialog when it is answered. */
function endSubscription(core: Core, { request, dialog }: IncomingRequest): void {
  if (request.method !== 'NOTIFY' || dialog?.origin.kind !== 'SUBSCRIBE') return
  if (/^terminated/i.test(request.headers.get('subscription-state') ?? '')) core.dialogs.remove(dialog)
}
