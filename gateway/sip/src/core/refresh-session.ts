import { randomUUID } from 'node:crypto'
import type { Dialog } from '../dialog/dialog.ts'
import type { SipResponse } from '../message/message.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import { InviteClient } from '../transaction/invite-client.ts'
import { NonInviteClient } from '../transaction/non-invite-client.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { contactFor } from './app-headers.ts'
import { composeRequest, type RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'
import { dialogBase, reachDialog } from './dialog-request.ts'
import { refreshTarget } from './dialog-target.ts'
import { endDialog } from './end-dialog.ts'

/** How long after a collision with a request of the far end we try again, in ms (RFC 3261 section 14.1). */
const afterCollisionMs = () => 2100 + Math.random() * 1900

/**
 * Refreshes a session on the server's own account (RFC 4028 section 7.4): by UPDATE where the far end takes it, else by a
 * re-INVITE with our description as it is. The application does not see it. `refreshed` gets the 2xx.
 */
export function refreshSession(
  core: Core,
  dialog: Dialog<AppConnection>,
  refreshed: (response: SipResponse) => void,
): void {
  if (dialog.state !== 'confirmed') return
  if (isBusy(dialog)) {
    dialog.session?.refreshAfter(afterCollisionMs())
    return
  }
  reachDialog(core, dialog, (reached) => {
    if (!('flow' in reached)) return endDialog(core, dialog, 'Session refresh failed')
    const { flow } = reached
    const method = dialog.farEndUpdates ? 'UPDATE' : 'INVITE'
    const base = dialogBase(dialog, flow, ++dialog.localSeq)
    const body = method === 'INVITE' && dialog.localSdp !== '' ? Buffer.from(dialog.localSdp, 'latin1') : undefined
    const bytes = composeRequest(base, method, refreshLines(dialog, flow, body), body)
    core.metrics.requestSent(method)
    if (method === 'INVITE') new RefreshInvite(core, dialog, base, flow, refreshed).start(bytes)
    else sendUpdate(core, dialog, base, flow, bytes, refreshed)
  })
}

function isBusy({ outgoingInvite, incomingInvite, incomingUpdate, accepted }: Dialog<AppConnection>): boolean {
  return [outgoingInvite, incomingInvite, incomingUpdate, accepted].some((one) => one !== undefined)
}

function refreshLines(dialog: Dialog<AppConnection>, { listener }: Flow, body: Buffer | undefined): OutgoingHeader[] {
  const seconds = dialog.session?.seconds ?? 0
  return [
    ['Contact', contactFor(dialog.localContact || undefined, listener)],
    ['Supported', 'timer'],
    ['Session-Expires', `${seconds};refresher=uac`],
    ...(body ? [['Content-Type', 'application/sdp'] as const] : []),
  ]
}

function sendUpdate(
  core: Core,
  dialog: Dialog<AppConnection>,
  base: RequestBase,
  flow: Flow,
  bytes: Buffer,
  refreshed: (response: SipResponse) => void,
): void {
  const machine = new NonInviteClient(bytes, flow, core.scheduler, core.timers, {
    responded(response, from) {
      if (response.status < 200) return
      if (response.status >= 300) return refused(core, dialog, response.status)
      refreshTarget(dialog, response, from, core.policy.natDetection)
      refreshed(response)
    },
    failed: () => endDialog(core, dialog, 'Session refresh failed'),
    ended: () => core.transactions.removeClient(base.branch, 'UPDATE'),
  })
  core.transactions.addClient(base.branch, 'UPDATE', machine)
  machine.start()
}

/** A re-INVITE of the server's own: its 2xx is acknowledged here, and again when it comes again. */
class RefreshInvite {
  private readonly core: Core
  private readonly dialog: Dialog<AppConnection>
  private readonly base: RequestBase
  private readonly flow: Flow
  private readonly refreshed: (response: SipResponse) => void
  private readonly txnId = randomUUID()

  constructor(
    core: Core,
    dialog: Dialog<AppConnection>,
    base: RequestBase,
    flow: Flow,
    refreshed: (response: SipResponse) => void,
  ) {
    this.core = core
    this.dialog = dialog
    this.base = base
    this.flow = flow
    this.refreshed = refreshed
  }

  start(bytes: Buffer): void {
    const { core, dialog, base, flow } = this
    dialog.outgoingInvite = this.txnId
    const machine = new InviteClient(bytes, flow, core.scheduler, core.timers, this)
    core.transactions.addClient(base.branch, 'INVITE', machine)
    machine.start()
  }

  acknowledge(response: SipResponse): Buffer {
    return composeRequest({ ...this.base, to: response.headers.get('to') ?? this.base.to }, 'ACK', [])
  }

  responded(response: SipResponse, from: Flow): void {
    const { core, dialog, base, flow } = this
    if (response.status < 200) return
    const first = this.finish()
    if (response.status >= 300) {
      refused(core, dialog, response.status)
      return
    }
    if (first) {
      refreshTarget(dialog, response, from, core.policy.natDetection)
      dialog.lastAck = { seq: base.seq, bytes: composeRequest(dialogBase(dialog, flow, base.seq), 'ACK', []), flow }
      this.refreshed(response)
    }
    if (dialog.lastAck?.seq === base.seq) dialog.lastAck.flow.send(dialog.lastAck.bytes)
  }

  failed(): void {
    this.finish()
    endDialog(this.core, this.dialog, 'Session refresh failed')
  }

  ended(): void {
    this.core.transactions.removeClient(this.base.branch, 'INVITE')
  }

  /** False when it has been before. */
  private finish(): boolean {
    if (this.dialog.outgoingInvite !== this.txnId) return false
    this.dialog.outgoingInvite = undefined
    return true
  }
}

/** Section 10: a far end that has no such call any more ends it; with anything else the session runs out by itself. */
function refused(core: Core, dialog: Dialog<AppConnection>, status: number): void {
  if (status === 408 || status === 481) endDialog(core, dialog, 'Session refresh failed')
  else if (status === 491 || status === 500) dialog.session?.refreshAfter(afterCollisionMs())
}
