import type { SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { Chart } from './chart.ts'
import type { ClientUser } from './client-user.ts'
import type { Scheduler } from './scheduler.ts'
import { TimedMachine } from './timed-machine.ts'
import { type Timers, transactionLifetime } from './timers.ts'

/**
 * INVITE client transaction (RFC 3261 section 17.1.1 as changed by RFC 6026 section 7.2).
 *
 *   calling ─1xx─▶ proceeding ─2xx─────▶ accepted ──timer M─▶ terminated
 *      │               └──────300-699──▶ completed ─timer D─▶ terminated
 *      ├─2xx / 300-699 go the same ways
 *      └─timer B, transport error─────────────────────────▶ terminated
 */
export type InviteClientState = 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated'

type InviteClientEvent =
  | 'provisional'
  | 'success'
  | 'failure'
  | 'timerA'
  | 'timerB'
  | 'timerD'
  | 'timerM'
  | 'transportError'
  | 'abort'

/** RFC 3261 table 4: at least 32 s for unreliable transports; it follows T1 so that a test need not wait. */
const timerD = transactionLifetime

const chart: Chart<InviteClientState, InviteClientEvent, InviteClient> = {
  calling: {
    provisional: (t) => {
      t.stopTimers()
      t.passUp()
      return 'proceeding'
    },
    success: (t) => t.accept(),
    failure: (t) => t.complete(),
    timerA: (t) => t.repeat('calling'),
    timerB: (t) => t.fail('timeout'),
    transportError: (t) => t.fail('transport'),
    abort: (t) => t.finish(),
  },
  proceeding: {
    provisional: (t) => {
      t.passUp()
      return 'proceeding'
    },
    success: (t) => t.accept(),
    failure: (t) => t.complete(),
    abort: (t) => t.finish(),
  },
  completed: {
    failure: (t) => {
      t.acknowledge()
      return 'completed'
    },
    timerD: (t) => t.finish(),
    transportError: (t) => t.finish(),
  },
  accepted: {
    // Repeated 2xx, and 2xx of other forks, are the dialog's business.
    success: (t) => {
      t.passUp()
      return 'accepted'
    },
    timerM: (t) => t.finish(),
  },
  terminated: {},
}

export class InviteClient extends TimedMachine {
  state: InviteClientState = 'calling'
  readonly flow: Flow
  private readonly user: ClientUser & { acknowledge(response: SipResponse): Buffer }
  private readonly observer: ((status: number) => void) | undefined
  private request: Buffer | undefined
  private response: SipResponse | undefined
  private from: Flow | undefined
  private ack: Buffer | undefined

  constructor(
    request: Buffer,
    flow: Flow,
    scheduler: Scheduler,
    timers: Timers,
    user: ClientUser & { acknowledge(response: SipResponse): Buffer },
    observer?: (status: number) => void,
  ) {
    super(scheduler, timers)
    this.request = request
    this.flow = flow
    this.user = user
    this.observer = observer
  }

  /** Sends the request and starts timers A and B. */
  start(): void {
    this.repeat('calling')
    if (!this.flow.reliable) this.startRepeating(this.timers.t1, Number.POSITIVE_INFINITY, () => this.handle('timerA'))
    this.startEnding(transactionLifetime(this.timers), () => this.handle('timerB'))
  }

  receive(response: SipResponse, from: Flow): void {
    this.response = response
    this.from = from
    this.handle(response.status < 200 ? 'provisional' : response.status < 300 ? 'success' : 'failure')
    this.response = undefined
    this.from = undefined
  }

  handle(event: InviteClientEvent): void {
    const transition = chart[this.state][event]
    if (transition) this.state = transition(this)
  }

  repeat<S extends InviteClientState>(state: S): S {
    if (this.request) this.flow.send(this.request, () => this.handle('transportError'))
    return state
  }

  passUp(): void {
    if (!this.response || !this.from) return
    if (this.state !== 'accepted') this.observer?.(this.response.status)
    this.user.responded(this.response, this.from)
  }

  accept(): InviteClientState {
    this.stopTimers()
    this.request = undefined
    this.startEnding(transactionLifetime(this.timers), () => this.handle('timerM'))
    this.passUp()
    return 'accepted'
  }

  complete(): InviteClientState {
    this.stopTimers()
    this.request = undefined
    this.acknowledge()
    this.passUp()
    if (this.flow.reliable) return this.finish()
    this.startEnding(timerD(this.timers), () => this.handle('timerD'))
    return 'completed'
  }

  /** RFC 3261 section 17.1.1.3: the ACK to a failure belongs to the transaction. */
  acknowledge(): void {
    if (this.response) this.ack ??= this.user.acknowledge(this.response)
    if (this.ack) this.flow.send(this.ack)
  }

  fail(why: 'timeout' | 'transport'): 'terminated' {
    this.finish()
    this.observer?.(why === 'timeout' ? 408 : 503)
    this.user.failed(why)
    return 'terminated'
  }

  finish(): 'terminated' {
    this.stopTimers()
    this.request = undefined
    this.user.ended()
    return 'terminated'
  }
}
