import type { SipRequest } from '../message/message.ts'
import { InviteServer } from '../transaction/invite-server.ts'
import type { Flow } from '../transport/flow.ts'
import type { Core } from './core.ts'
import { deliverAbout } from './deliver.ts'
import { stampedVias } from './stamped-vias.ts'

/** An ACK: to a failure it belongs to the transaction, to a 2xx to the dialog and its application. */
export function receiveAck(core: Core, ack: SipRequest, flow: Flow): void {
  const machine = core.transactions.findServer(ack)?.machine
  // Some clients reuse the INVITE's branch for the ACK to a 2xx; those go on to the dialog.
  if (machine instanceof InviteServer && machine.state !== 'accepted') {
    machine.handle('ack')
    return
  }

  const dialog = core.dialogs.find(ack.callId, ack.toTag, ack.fromTag)
  const accepted = dialog?.accepted
  if (!dialog || !accepted || accepted.seq !== ack.cseq.number) {
    core.metrics.dropped.inc({ reason: 'stray_ack' })
    return
  }
  dialog.accepted = undefined
  if (dialog.owner) deliverAbout(dialog.owner, ack, stampedVias(ack, flow.remote)[0], flow, accepted.txnId, dialog.id)
  accepted.settle()
}
