import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { endDialog } from './end-dialog.ts'
import { answer } from './incoming-request.ts'

/**
 * An application's connection is gone. Callers waiting for it get an answer, calls it was placing are cancelled, and its
 * dialogs stay for a while without owner, so that the far ends can still hang up.
 */
export function appGone(core: Core, app: AppConnection): void {
  core.routes.removeAll(app)
  for (const incoming of core.incoming.values()) {
    if (incoming.app !== app) continue
    incoming.app = undefined
    incoming.dialog?.reliable?.stop()
    if (incoming.request.method === 'BYE') answer(core, incoming, 200, 'OK')
    else answer(core, incoming, 480, 'Temporarily Unavailable')
  }
  for (const invite of core.outgoing.values()) {
    if (invite.app === app) invite.requestCancel([])
  }
  for (const dialog of core.dialogs) {
    if (dialog.owner !== app) continue
    dialog.owner = undefined
    if (dialog.state === 'early' && dialog.origin.role === 'uas') core.dialogs.remove(dialog)
    else core.scheduler.after(core.policy.orphanDialogMs, () => endDialog(core, dialog, 'application gone'))
  }
}
