import { randomInt } from 'node:crypto'
import type { Scheduler } from '../transaction/scheduler.ts'
import { TimedMachine } from '../transaction/timed-machine.ts'
import { type Timers, transactionLifetime } from '../transaction/timers.ts'

/**
 * The reliable provisional responses of one INVITE (RFC 3262 section 3). One is on its way at a time, repeated from T1
 * at doubled intervals until its PRACK; those behind it, and a 2xx when an offer or answer is still unconfirmed, wait.
 */
export class ReliableProvisionals {
  private readonly scheduler: Scheduler
  private readonly timers: Timers
  private readonly givenUp: () => void
  private next = randomInt(1, 2 ** 30)
  private current: Unconfirmed | undefined
  private queue: { readonly rseq: number; readonly body: boolean; readonly send: () => void }[] = []
  private blocked: (() => void) | undefined

  constructor(scheduler: Scheduler, timers: Timers, givenUp: () => void) {
    this.scheduler = scheduler
    this.timers = timers
    this.givenUp = givenUp
  }

  nextRSeq(): number {
    return this.next++
  }

  add(rseq: number, body: boolean, send: () => void): void {
    this.queue.push({ rseq, body, send })
    if (this.current === undefined) this.advance()
  }

  /** True when the PRACK's RSeq was the one waited for. */
  confirm(rseq: number): boolean {
    if (this.current?.rseq !== rseq) return false
    this.current.stopTimers()
    this.current = undefined
    this.advance()
    return true
  }

  /** Sends a 2xx now, or when the responses with a session description have been confirmed. */
  finish(send: () => void): void {
    const described = this.current?.body === true || this.queue.some(({ body }) => body)
    if (described) this.blocked = send
    else {
      this.stop()
      send()
    }
  }

  stop(): void {
    this.current?.stopTimers()
    this.current = undefined
    this.queue = []
    this.blocked = undefined
  }

  private advance(): void {
    const head = this.queue.shift()
    if (head) {
      this.current = new Unconfirmed(head.rseq, head.body, head.send, this.scheduler, this.timers, this.givenUp)
      return
    }
    const { blocked } = this
    this.blocked = undefined
    blocked?.()
  }
}

class Unconfirmed extends TimedMachine {
  readonly rseq: number
  readonly body: boolean

  constructor(
    rseq: number,
    body: boolean,
    send: () => void,
    scheduler: Scheduler,
    timers: Timers,
    givenUp: () => void,
  ) {
    super(scheduler, timers)
    this.rseq = rseq
    this.body = body
    send()
    this.startRepeating(timers.t1, Number.POSITIVE_INFINITY, send)
    this.startEnding(transactionLifetime(timers), () => {
      this.stopTimers()
      givenUp()
    })
  }
}
