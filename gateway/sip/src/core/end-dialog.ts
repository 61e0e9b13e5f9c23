import type { Dialog } from '../dialog/dialog.ts'
import { NonInviteClient } from '../transaction/non-invite-client.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { metadata } from '../wire/leader.ts'
import { composeRequest } from './compose-request.ts'
import type { Core } from './core.ts'
import { dialogBase, reachDialog } from './dialog-request.ts'

/**
 * Ends a dialog on the server's own decision: a BYE with the reason to the far end, and the same as `unsolicited` to
 * the application, which must not answer it (wire protocol, section 8.9).
 */
export function endDialog(core: Core, dialog: Dialog<AppConnection>, why: string): void {
  if (dialog.state === 'ended') return
  const { owner } = dialog
  dialog.accepted?.stopTimers()
  dialog.accepted = undefined
  dialog.reliable?.stop()
  core.dialogs.remove(dialog)
  reachDialog(core, dialog, (reached) => {
    if (!('flow' in reached)) return
    const { flow } = reached
    const base = dialogBase(dialog, flow, ++dialog.localSeq)
    const bytes = composeRequest(base, 'BYE', [['Reason', `SIP ;cause=200 ;text="${why}"`]])
    const machine = new NonInviteClient(bytes, flow, core.scheduler, core.timers, {
      responded() {},
      failed() {},
      ended: () => core.transactions.removeClient(base.branch, 'BYE'),
    })
    core.transactions.addClient(base.branch, 'BYE', machine)
    machine.start()
    core.callRecords.stopSent(
      why === 'ACK timeout' ? 'system-error-initiated-termination' : 'system-initiated-termination',
      bytes,
    )
    owner?.send(`sip|${metadata('application', bytes.length, flow, 'local')}|unsolicited|${dialog.id}|`, bytes)
  })
}
