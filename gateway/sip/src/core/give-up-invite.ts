import { asCancel } from './as-cancel.ts'
import type { Core } from './core.ts'
import { deliverAbout } from './deliver.ts'
import { answer, type IncomingRequest } from './incoming-request.ts'

/**
 * Ends an INVITE that its application can or will not answer, or whose caller gave up in another way than by CANCEL. The
 * application is told as if the caller had cancelled: that it knows how to handle.
 */
export function giveUpInvite(core: Core, incoming: IncomingRequest, status: number, reason: string): void {
  const { app, request, vias, flow, txnId, dialog } = incoming
  incoming.transaction.machine.stopEnding()
  answer(core, incoming, status, reason)
  core.callRecords.stop('application', status === 487 ? 'call-canceled' : 'call-rejected', request)
  if (dialog) {
    dialog.reliable?.stop()
    if (dialog.state === 'early') core.dialogs.remove(dialog)
  }
  if (app) deliverAbout(app, asCancel(request), vias[0], flow, txnId, dialog?.id ?? '')
}
