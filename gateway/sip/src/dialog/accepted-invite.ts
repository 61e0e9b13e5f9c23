import type { Scheduler } from '../transaction/scheduler.ts'
import { TimedMachine } from '../transaction/timed-machine.ts'
import { type Timers, transactionLifetime } from '../transaction/timers.ts'
import type { Flow } from '../transport/flow.ts'

/**
 * A 2xx to an INVITE until its ACK (RFC 3261 section 13.3.1.4): repeated at T1, 2*T1 … T2, over every transport,
 * because a proxy on the way may use UDP. Without ACK in 64*T1 it is given up.
 */
export class AcceptedInvite extends TimedMachine {
  /** CSeq number that the ACK will carry. */
  readonly seq: number
  /** Transaction id that the ACK is delivered under. */
  readonly txnId: string
  private waiting: (() => void)[] = []

  constructor(
    invite: { readonly seq: number; readonly txnId: string; readonly flow: Flow },
    bytes: Buffer,
    scheduler: Scheduler,
    timers: Timers,
    givenUp: () => void,
  ) {
    super(scheduler, timers)
    this.seq = invite.seq
    this.txnId = invite.txnId
    this.startRepeating(timers.t1, timers.t2, () => invite.flow.send(bytes))
    this.startEnding(transactionLifetime(timers), () => {
      this.stopTimers()
      givenUp()
    })
  }

  /** Runs once the ACK is there, or has been given up: a callee may not send BYE before (section 15). */
  whenSettled(act: () => void): void {
    this.waiting.push(act)
  }

  settle(): void {
    this.stopTimers()
    for (const act of this.waiting.splice(0)) act()
  }
}
