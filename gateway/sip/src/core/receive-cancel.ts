import type { SipRequest } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { Core } from './core.ts'
import { deliverAbout } from './deliver.ts'
import { endDialog } from './end-dialog.ts'
import { answer, type IncomingRequest, openRequest } from './incoming-request.ts'

/** RFC 3261 section 9.2, with the races as drachtio-server has them (wire protocol, section 8.2). */
export function receiveCancel(core: Core, cancel: SipRequest, flow: Flow): void {
  const transaction = core.transactions.findCancelled(cancel)
  const incoming = openRequest(core, cancel, flow)
  if (!transaction) {
    answer(core, incoming, 481, 'Call/Transaction Does Not Exist')
    return
  }
  incoming.transaction.toTag = transaction.toTag
  if (transaction.owner) {
    const { owner } = transaction
    answer(core, incoming, 200, 'OK')
    if (owner.proxied) owner.proxied.cancel()
    else cancelInvite(core, owner, cancel, flow)
    return
  }
  const dialog = core.dialogs.find(cancel.callId, transaction.toTag, cancel.fromTag)
  if (!dialog?.accepted) {
    answer(core, incoming, 200, 'OK')
    return
  }
  // The 200 is on its way already. The caller has lost interest, so the call is ended rather than left to ring out.
  answer(core, incoming, 481, 'Call/Transaction Does Not Exist')
  endDialog(core, dialog, 'CANCEL after 200 OK')
}

function cancelInvite(core: Core, invite: IncomingRequest, cancel: SipRequest, flow: Flow): void {
  const { app, dialog, txnId, request, vias } = invite
  invite.transaction.machine.stopEnding()
  answer(core, invite, 487, 'Request Terminated')
  core.callRecords.stop('network', 'call-canceled', request)
  if (dialog) {
    dialog.reliable?.stop()
    if (dialog.state === 'early') core.dialogs.remove(dialog)
  }
  if (app) deliverAbout(app, cancel, vias[0], flow, txnId, dialog?.id ?? '')
}
