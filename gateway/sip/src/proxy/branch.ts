import { localResponse } from '../core/client-request.ts'
import { composeRequest, type RequestBase } from '../core/compose-request.ts'
import type { Core } from '../core/core.ts'
import { launchCancel } from '../core/launch-cancel.ts'
import type { SipResponse } from '../message/message.ts'
import { InviteClient } from '../transaction/invite-client.ts'
import { NonInviteClient } from '../transaction/non-invite-client.ts'
import type { TimerHandle } from '../transaction/scheduler.ts'
import { transactionLifetime } from '../transaction/timers.ts'
import type { Flow } from '../transport/flow.ts'

type Limit = 'provisional' | 'final' | 'C'

export type BranchLimits = {
  readonly provisionalTimeoutMs: number | undefined
  readonly finalTimeoutMs: number | undefined
}

/** Who hears of a branch: every 1xx but 100, each 2xx (repetitions too), and one other final response. */
export interface BranchUser {
  branchResponded(branch: Branch, response: SipResponse, from: Flow, local: boolean): void
}

/**
 * One forwarded copy of a request.
 *
 *   open ─final response, time out, given up─▶ closed
 *
 * A branch that is given up counts as answered by 408 at once, and is cancelled as soon as that is allowed; a 2xx that
 * crosses is still reported.
 */
export class Branch {
  readonly target: string
  readonly base: RequestBase
  readonly flow: Flow
  private readonly core: Core
  private readonly method: string
  private readonly user: BranchUser
  private closed = false
  private provisional = false
  private cancel: 'none' | 'held' | 'sent' = 'none'
  private machine: InviteClient | NonInviteClient | undefined
  private readonly timers = new Map<Limit, TimerHandle>()

  constructor(core: Core, user: BranchUser, method: string, target: string, base: RequestBase, flow: Flow) {
    this.core = core
    this.user = user
    this.method = method
    this.target = target
    this.base = base
    this.flow = flow
  }

  get open(): boolean {
    return !this.closed
  }

  start(bytes: Buffer, { provisionalTimeoutMs, finalTimeoutMs }: BranchLimits): void {
    const { core, flow, base, method } = this
    const Machine = method === 'INVITE' ? InviteClient : NonInviteClient
    this.machine = new Machine(bytes, flow, core.scheduler, core.timers, this)
    core.transactions.addClient(base.branch, method, this.machine)
    if (provisionalTimeoutMs !== undefined) this.after('provisional', provisionalTimeoutMs, () => this.giveUp())
    if (finalTimeoutMs !== undefined) this.after('final', finalTimeoutMs, () => this.giveUp())
    this.startTimerC()
    this.machine.start()
  }

  /** RFC 3261 section 16.10: only an INVITE can be cancelled, and not before a provisional response (9.1). */
  requestCancel(): void {
    if (this.method !== 'INVITE' || this.cancel !== 'none') return
    if (this.provisional) this.sendCancel()
    else this.cancel = 'held'
  }

  acknowledge(response: SipResponse): Buffer {
    return composeRequest({ ...this.base, to: response.headers.get('to') ?? this.base.to }, 'ACK', [])
  }

  responded(response: SipResponse, from: Flow): void {
    if (response.status < 200) this.progressed(response, from)
    else if (response.status < 300) {
      this.close()
      this.user.branchResponded(this, response, from, false)
    } else this.finish(response, from, false)
  }

  failed(why: 'timeout' | 'transport'): void {
    this.finish(localResponse(this.base, this.method, why), this.flow, true)
  }

  ended(): void {
    this.core.transactions.removeClient(this.base.branch, this.method)
  }

  private progressed(response: SipResponse, from: Flow): void {
    this.provisional = true
    this.stop('provisional')
    if (this.cancel === 'held') this.sendCancel()
    if (response.status === 100 || this.closed) return
    this.startTimerC()
    this.user.branchResponded(this, response, from, false)
  }

  private giveUp(): void {
    if (this.closed) return
    this.requestCancel()
    this.finish(localResponse(this.base, this.method, 'timeout'), this.flow, true)
  }

  private finish(response: SipResponse, from: Flow, local: boolean): void {
    if (this.closed) return
    this.close()
    this.user.branchResponded(this, response, from, local)
  }

  private close(): void {
    this.closed = true
    for (const name of [...this.timers.keys()]) this.stop(name)
  }

  private sendCancel(): void {
    const { core, base, flow } = this
    this.cancel = 'sent'
    launchCancel(core, base, flow)
    // Section 9.1: without a final response in 64*T1 the INVITE counts as cancelled.
    core.scheduler.after(transactionLifetime(core.timers), () => {
      if (this.machine instanceof InviteClient) this.machine.handle('abort')
      this.finish(localResponse(base, 'INVITE', 'cancelled'), flow, true)
    })
  }

  /** Section 16.6, step 11: an INVITE must not ring for ever. */
  private startTimerC(): void {
    if (this.method === 'INVITE') this.after('C', this.core.policy.timerCMs, () => this.giveUp())
  }

  private after(name: Limit, delayMs: number, fire: () => void): void {
    this.stop(name)
    this.timers.set(name, this.core.scheduler.after(delayMs, fire))
  }

  private stop(name: Limit): void {
    const timer = this.timers.get(name)
    if (timer !== undefined) this.core.scheduler.cancel(timer)
    this.timers.delete(name)
  }
}
