import type { Dialog } from '../dialog/dialog.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { endDialog } from './end-dialog.ts'
import { answer, type IncomingRequest } from './incoming-request.ts'

/**
 * An application's connection is gone. Callers waiting for it get an answer, calls it was placing are cancelled, and its
 * dialogs stay for a while without owner, so that the far ends can still hang up.
 */
export function appGone(core: Core, app: AppConnection): void {
  core.routes.removeAll(app)
  for (const incoming of core.incoming.values()) {
    if (incoming.app !== app) continue
    incoming.app = undefined
    if (app.group !== undefined && mayWait(core, incoming)) continue
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
    else orphan(core, dialog, app.group)
  }
}

/** The dialog waits for another application of the group to adopt it, but not for ever. */
function orphan(core: Core, dialog: Dialog<AppConnection>, group: string | undefined): void {
  const orphaned = { at: Date.now(), group }
  dialog.orphaned = orphaned
  core.scheduler.after(core.policy.orphanDialogMs, () => {
    if (dialog.orphaned === orphaned) endDialog(core, dialog, 'application gone')
  })
}

/** Requests in a confirmed dialog can be answered by whoever adopts it; a BYE needs nobody. */
function mayWait({ policy }: Core, { dialog, request }: IncomingRequest): boolean {
  return policy.orphanRequests === 'hold' && dialog?.state === 'confirmed' && request.method !== 'BYE'
}
