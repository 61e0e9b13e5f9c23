import { randomUUID } from 'node:crypto'
import type { Dialog } from '../dialog/dialog.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import type { Listener } from '../transport/listener.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { AppMessage } from '../wire/app-message.ts'
import { appHeaders, contactFor, guessContentType } from './app-headers.ts'
import { ClientInvite } from './client-invite.ts'
import { ClientRequest } from './client-request.ts'
import { composeRequest } from './compose-request.ts'
import type { Core } from './core.ts'
import { dialogBase, reachDialog } from './dialog-request.ts'
import { echoRequest } from './echo-request.ts'

type AppRequest = Extract<AppMessage, { kind: 'request' }>

const taken = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'contact', 'rack']
const withContact = new Set(['INVITE', 'SUBSCRIBE', 'REFER', 'UPDATE'])

/** An application sends a request inside a dialog; ACK goes its own way (wire protocol, section 8.5). */
export function sendInDialog(
  core: Core,
  app: AppConnection,
  frameId: string,
  dialog: Dialog<AppConnection>,
  request: AppRequest,
): void {
  const { method } = request
  if (method === 'BYE') {
    core.outgoing.get(dialog.outgoingInvite ?? '')?.requestCancel([])
    if (dialog.accepted) {
      dialog.accepted.whenSettled(() => send(core, app, frameId, dialog, request))
      return
    }
  }
  send(core, app, frameId, dialog, request)
}

function send(
  core: Core,
  app: AppConnection,
  frameId: string,
  dialog: Dialog<AppConnection>,
  request: AppRequest,
): void {
  const { method, headers, body } = request
  if (dialog.state === 'ended') {
    app.reply(frameId, 'NOK|Server error: unable to find dialog for dialog id provided')
    return
  }
  reachDialog(core, dialog, (reached) => {
    if (!('flow' in reached)) {
      const why = 'refused' in reached ? reached.refused : 'unable to resolve the far end'
      return app.reply(frameId, `NOK|Server error: ${why}`)
    }
    const { flow } = reached
    const lines = [...contactLine(dialog, request, flow.listener), ...rackLine(dialog, request)]
    lines.push(...sessionLine(dialog, request), ...appHeaders(headers, taken, flow.listener))
    const type = guessContentType(headers, body)
    if (body.length > 0 && !type && !headers.has('content-type')) {
      return app.reply(frameId, 'NOK|missing content-type')
    }
    if (type) lines.push(type)
    const base = dialogBase(dialog, flow, ++dialog.localSeq, headers.get('max-forwards'))
    const bytes = composeRequest(base, method, lines, body)
    if (body.length > 0 && (method === 'INVITE' || method === 'UPDATE')) dialog.localSdp = body.toString('latin1')
    const txnId = randomUUID()
    core.metrics.requestSent(method)
    echoRequest(app, frameId, bytes, flow, txnId)
    if (method === 'BYE') core.callRecords.stopSent('normal-release', bytes)
    if (method !== 'INVITE')
      return new ClientRequest(core, app, txnId, method, base, flow, dialog, isLast(dialog, request)).start(bytes)
    dialog.outgoingInvite = txnId
    new ClientInvite(core, txnId, base, flow, dialog).start(bytes)
  })
}

/** BYE ends a call, a terminating NOTIFY a subscription (RFC 6665 section 4.4.1). */
function isLast({ origin }: Dialog<AppConnection>, { method, headers }: AppRequest): boolean {
  if (method === 'BYE') return true
  if (method !== 'NOTIFY' || origin.kind !== 'SUBSCRIBE') return false
  return /^terminated/i.test(headers.get('subscription-state') ?? '')
}

function contactLine(
  dialog: Dialog<AppConnection>,
  { method, headers }: AppRequest,
  listener: Listener,
): OutgoingHeader[] {
  const given = headers.get('contact')
  if (given === undefined && !withContact.has(method)) return []
  const contact = contactFor(given ?? (dialog.localContact || undefined), listener)
  if (withContact.has(method)) dialog.localContact = contact
  return [['Contact', contact]]
}

/** RFC 4028 section 7.4: what might end a session timer has to carry it on, unless the application has views on it. */
function sessionLine({ session }: Dialog<AppConnection>, { method, headers }: AppRequest): OutgoingHeader[] {
  if (!session || (method !== 'INVITE' && method !== 'UPDATE') || headers.has('session-expires')) return []
  const line: OutgoingHeader = [
    'Session-Expires',
    `${session.seconds};refresher=${session.refresher === 'we' ? 'uac' : 'uas'}`,
  ]
  return headers.hasOption('supported', 'timer') ? [line] : [['Supported', 'timer'], line]
}

/** RFC 3262 section 7.2: the server knows better than the application which response it confirms. */
function rackLine(dialog: Dialog<AppConnection>, { method, headers }: AppRequest): OutgoingHeader[] {
  if (method !== 'PRACK') return []
  const given = headers.get('rack')
  if (given !== undefined) return [['RAck', given]]
  return [['RAck', `${dialog.lastRSeq?.get(dialog.remoteTag) ?? 0} ${dialog.localSeq} INVITE`]]
}
