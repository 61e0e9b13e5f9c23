import { AcceptedInvite } from '../dialog/accepted-invite.ts'
import type { Dialog } from '../dialog/dialog.ts'
import type { InviteServer } from '../transaction/invite-server.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { refreshTarget } from './dialog-target.ts'
import { endDialog } from './end-dialog.ts'
import { type IncomingRequest, settle } from './incoming-request.ts'

/** A 2xx to an INVITE: goes out when reliable provisional responses allow it, and again until its ACK. */
export function acceptInvite(
  core: Core,
  incoming: IncomingRequest,
  dialog: Dialog<AppConnection>,
  machine: InviteServer,
  status: number,
  bytes: Buffer,
): void {
  const { request, flow, txnId } = incoming
  const wasEarly = dialog.state === 'early'
  const seq = request.cseq.number
  const go = () => {
    if (dialog.state === 'ended') return
    dialog.state = 'confirmed'
    dialog.reliable = undefined
    if (!wasEarly) refreshTarget(dialog, request, flow, core.policy.natDetection)
    machine.respond(status, bytes)
    dialog.accepted = new AcceptedInvite({ seq, txnId, flow }, bytes, core.scheduler, core.timers, () => {
      dialog.accepted = undefined
      endDialog(core, dialog, 'ACK timeout')
    })
    settle(core, incoming)
  }
  if (wasEarly) core.callRecords.startSent('uas', bytes)
  if (dialog.reliable) dialog.reliable.finish(go)
  else go()
}
