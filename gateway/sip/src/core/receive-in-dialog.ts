import type { Dialog } from '../dialog/dialog.ts'
import type { SipRequest } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { awaitAnswer } from './await-answer.ts'
import type { Core } from './core.ts'
import { deliverRequest } from './deliver.ts'
import { giveUpInvite } from './give-up-invite.ts'
import { answer, type IncomingRequest, openRequest } from './incoming-request.ts'
import { tooShortSession } from './negotiate-session.ts'

const noDialog = [481, 'Call/Transaction Does Not Exist'] as const

/** A request with a To tag: to the application that owns the dialog (RFC 3261 section 12.2.2). */
export function receiveInDialog(core: Core, request: SipRequest, flow: Flow): void {
  const dialog = core.dialogs.find(request.callId, request.toTag, request.fromTag)
  const incoming = openRequest(core, request, flow)
  if (!dialog) {
    answer(core, incoming, ...noDialog)
    return
  }
  const { number } = request.cseq
  if (number < dialog.remoteSeq) {
    answer(core, incoming, 500, 'CSeq Out of Order')
    return
  }
  dialog.remoteSeq = number
  const { owner } = dialog
  if (!owner && (request.method === 'BYE' || !awaitsAdoption(core, dialog))) {
    receiveForOrphan(core, dialog, incoming)
    return
  }
  incoming.dialog = dialog
  incoming.app = owner
  if (!admit(core, dialog, incoming)) return
  core.incoming.set(incoming.txnId, incoming)
  awaitAnswer(core, incoming)
  if (owner) deliverRequest(owner, incoming)
}

/** Whether requests wait for the application that adopts the dialog. */
function awaitsAdoption({ policy }: Core, { orphaned }: Dialog<AppConnection>): boolean {
  return orphaned?.group !== undefined && policy.orphanRequests === 'hold'
}

/** The application is gone: a BYE still ends the call well, anything else has nobody to answer it. */
function receiveForOrphan(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): void {
  if (incoming.request.method !== 'BYE') {
    answer(core, incoming, ...noDialog)
    return
  }
  answer(core, incoming, 200, 'OK')
  dialog.accepted?.settle()
  core.dialogs.remove(dialog)
}

/** What the server itself decides before an application sees the request. False when it has answered. */
function admit(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): boolean {
  switch (incoming.request.method) {
    case 'INVITE':
      return admitInvite(core, dialog, incoming)
    case 'UPDATE':
      return admitUpdate(core, dialog, incoming)
    case 'PRACK':
      return admitPrack(core, dialog, incoming)
    case 'BYE':
      return admitBye(core, dialog, incoming)
    default:
      return true
  }
}

/** RFC 3261 section 14.2. */
function admitInvite(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): boolean {
  if (dialog.incomingInvite !== undefined) {
    answer(core, incoming, 500, 'Server Internal Error', [['Retry-After', String(Math.floor(Math.random() * 10))]])
    return false
  }
  if (dialog.outgoingInvite !== undefined || dialog.accepted) {
    answer(core, incoming, 491, 'Request Pending')
    return false
  }
  if (refuseShortSession(core, incoming)) return false
  dialog.incomingInvite = incoming.txnId
  answer(core, incoming, 100, 'Trying')
  return true
}

/** RFC 3311 section 5.2. */
function admitUpdate(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): boolean {
  if (dialog.incomingUpdate !== undefined) {
    answer(core, incoming, 500, 'Server Internal Error', [['Retry-After', String(Math.floor(Math.random() * 10))]])
    return false
  }
  if (refuseShortSession(core, incoming)) return false
  dialog.incomingUpdate = incoming.txnId
  return true
}

/** RFC 4028 section 6. */
function refuseShortSession(core: Core, incoming: IncomingRequest): boolean {
  const minSession = tooShortSession(incoming.request, core.policy)
  if (minSession === undefined) return false
  answer(core, incoming, 422, 'Session Interval Too Small', [['Min-SE', String(minSession)]])
  return true
}

/** RFC 3262 section 3: a PRACK that confirms nothing gets 481. */
function admitPrack(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): boolean {
  const [rseq] = (incoming.request.headers.get('rack') ?? '').split(/\s+/)
  if (dialog.reliable?.confirm(Number(rseq))) return true
  answer(core, incoming, ...noDialog)
  return false
}

/** The dialog ends here, not when the application answers (wire protocol, section 8.4). */
function admitBye(core: Core, dialog: Dialog<AppConnection>, incoming: IncomingRequest): boolean {
  const invite = core.incoming.get(dialog.incomingInvite ?? '')
  const wasEarly = dialog.state === 'early'
  dialog.accepted?.settle()
  dialog.accepted = undefined
  core.callRecords.stop('network', 'normal-release', incoming.request)
  if (invite) giveUpInvite(core, invite, 487, 'Request Terminated')
  core.dialogs.remove(dialog)
  if (!wasEarly || dialog.origin.role === 'uac') return true
  answer(core, incoming, 200, 'OK')
  return false
}
