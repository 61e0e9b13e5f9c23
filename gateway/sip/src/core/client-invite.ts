import type { Dialog } from '../dialog/dialog.ts'
import type { SipResponse } from '../message/message.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import { InviteClient } from '../transaction/invite-client.ts'
import type { TimerHandle } from '../transaction/scheduler.ts'
import { transactionLifetime } from '../transaction/timers.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { localResponse } from './client-request.ts'
import { composeRequest, type RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'
import { deliverResponse } from './deliver.ts'
import { refreshTarget, setRoutes } from './dialog-target.ts'
import type { Elsewhere } from './elsewhere.ts'
import { keepSessionAsUac } from './keep-session.ts'
import { launchCancel } from './launch-cancel.ts'
import { releaseFork } from './release-fork.ts'
import { acknowledgeAndEnd } from './send-ack.ts'

/**
 * An INVITE of an application, first or in a dialog, until its final response (wire protocol, section 8.3).
 *
 *   cancel:  none ─CANCEL before any 1xx─▶ held ─1xx─▶ sent
 *              └──────CANCEL after a 1xx──────────────▲
 */
export class ClientInvite {
  readonly txnId: string
  base: RequestBase
  flow: Flow
  readonly dialog: Dialog<AppConnection>
  private readonly core: Core
  private provisional = false
  private cancel: { state: 'none' } | { state: 'held'; headers: readonly OutgoingHeader[] } | { state: 'sent' } = {
    state: 'none',
  }
  private cancelTimer: TimerHandle | undefined
  private machine: InviteClient | undefined
  private readonly elsewhere: Elsewhere | undefined

  constructor(
    core: Core,
    txnId: string,
    base: RequestBase,
    flow: Flow,
    dialog: Dialog<AppConnection>,
    elsewhere?: Elsewhere,
  ) {
    this.core = core
    this.txnId = txnId
    this.base = base
    this.flow = flow
    this.dialog = dialog
    this.elsewhere = elsewhere
  }

  /** The application still waiting for the answer. */
  get app(): AppConnection | undefined {
    return this.dialog.owner
  }

  start(bytes: Buffer): void {
    const { core, base, flow } = this
    core.outgoing.set(this.txnId, this)
    const user = {
      responded: (response: SipResponse, from: Flow) => this.responded(response, from),
      failed: (why: 'timeout' | 'transport') => this.failed(why),
      acknowledge: (response: SipResponse) =>
        composeRequest({ ...base, to: response.headers.get('to') ?? base.to }, 'ACK', []),
      ended: () => core.transactions.removeClient(base.branch, 'INVITE'),
    }
    const observer = core.metrics.sessions.watch('out', 'INVITE', this.dialog.state !== 'early')
    this.machine = new InviteClient(bytes, flow, core.scheduler, core.timers, user, observer)
    core.transactions.addClient(base.branch, 'INVITE', this.machine)
    this.machine.start()
  }

  /** RFC 3261 section 9.1: not before a provisional response is there. */
  requestCancel(headers: readonly OutgoingHeader[]): void {
    if (this.cancel.state !== 'none') return
    if (this.provisional) this.sendCancel(headers)
    else this.cancel = { state: 'held', headers }
  }

  responded(response: SipResponse, from: Flow): void {
    if (response.status < 200) this.progressed(response, from)
    else if (response.status < 300) this.answered(response, from)
    else if (response.status !== 503 || !this.goElsewhere()) this.refused(response, from)
  }

  failed(why: 'timeout' | 'transport'): void {
    if (!this.goElsewhere()) this.refused(localResponse(this.base, 'INVITE', why), this.flow)
  }

  /** A call that has not begun anywhere, and that nobody cancelled, may begin at another address. */
  private goElsewhere(): boolean {
    if (this.provisional || this.cancel.state !== 'none') return false
    const next = this.elsewhere?.()
    if (!next) return false
    this.base = next.base
    this.flow = next.flow
    this.start(next.bytes)
    return true
  }

  private progressed(response: SipResponse, from: Flow): void {
    this.provisional = true
    if (this.cancel.state === 'held') this.sendCancel(this.cancel.headers)
    if (response.status === 100) return
    const { dialog } = this
    const rseq = response.headers.hasOption('require', '100rel') ? Number(response.headers.get('rseq')) : Number.NaN
    if (!Number.isNaN(rseq)) {
      // RFC 3262 section 4: repetitions, and what comes out of order, go no further.
      dialog.lastRSeq ??= new Map()
      const last = dialog.lastRSeq.get(response.toTag)
      if (last !== undefined && rseq !== last + 1) return
      dialog.lastRSeq.set(response.toTag, rseq)
    }
    if (dialog.state === 'early' && response.toTag !== '') this.adopt(response, from)
    if (this.app) deliverResponse(this.app, response, from, this.txnId, dialog.id)
  }

  private answered(response: SipResponse, from: Flow): void {
    const { core, dialog, base } = this
    if (dialog.state !== 'early' && dialog.remoteTag !== response.toTag) {
      releaseFork(core, this, response, from)
      return
    }
    if (dialog.lastAck?.seq === base.seq) {
      dialog.lastAck.flow.send(dialog.lastAck.bytes)
      return
    }
    if (dialog.unacknowledged === base.seq || dialog.state === 'ended') return
    const first = dialog.state === 'early'
    if (first) this.adopt(response, from)
    else refreshTarget(dialog, response, from, core.policy.natDetection)
    dialog.state = 'confirmed'
    dialog.unacknowledged = base.seq
    dialog.endAfterAck = first && this.cancel.state !== 'none'
    this.finish()
    keepSessionAsUac(core, dialog, response)
    if (first) core.callRecords.start('network', 'uac', response)
    if (this.app) deliverResponse(this.app, response, from, this.txnId, dialog.id)
    else acknowledgeAndEnd(core, dialog, 'application gone')
  }

  private refused(response: SipResponse, from: Flow): void {
    const { core, dialog, app } = this
    if (dialog.state === 'early') {
      core.dialogs.remove(dialog)
      core.callRecords.stop('network', response.status === 487 ? 'call-canceled' : 'call-rejected', response)
    }
    this.finish()
    if (app) deliverResponse(app, response, from, this.txnId, dialog.id)
  }

  /** The far end's tag, routes and target, from the response at hand: of several forks the latest. */
  private adopt(response: SipResponse, from: Flow): void {
    this.dialog.remoteTag = response.toTag
    setRoutes(this.dialog, response)
    refreshTarget(this.dialog, response, from, this.core.policy.natDetection)
  }

  private finish(): void {
    if (this.cancelTimer !== undefined) this.core.scheduler.cancel(this.cancelTimer)
    this.core.outgoing.delete(this.txnId)
    if (this.dialog.outgoingInvite === this.txnId) this.dialog.outgoingInvite = undefined
  }

  private sendCancel(headers: readonly OutgoingHeader[]): void {
    const { core, base, flow } = this
    this.cancel = { state: 'sent' }
    launchCancel(core, base, flow, headers)
    // Section 9.1: without a final response in 64*T1 the INVITE counts as cancelled.
    this.cancelTimer = core.scheduler.after(transactionLifetime(core.timers), () => {
      this.machine?.handle('abort')
      this.refused(localResponse(base, 'INVITE', 'cancelled'), flow)
    })
  }
}
