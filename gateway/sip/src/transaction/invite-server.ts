import type { Flow } from '../transport/flow.ts'
import type { Chart } from './chart.ts'
import type { Scheduler } from './scheduler.ts'
import { TimedMachine } from './timed-machine.ts'
import { type Timers, transactionLifetime } from './timers.ts'

/**
 * INVITE server transaction (RFC 3261 section 17.2.1 as changed by RFC 6026 section 7.1).
 *
 *   proceeding ─2xx──────▶ accepted ──timer L──────────────────▶ terminated
 *       └─────300-699────▶ completed ─ACK─▶ confirmed ─timer I─▶ terminated
 *                              └────timer H────────────────────▶ terminated
 */
export type InviteServerState = 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated'

type InviteServerEvent =
  | 'invite'
  | 'provisional'
  | 'success'
  | 'failure'
  | 'ack'
  | 'timerG'
  | 'timerH'
  | 'timerI'
  | 'timerL'

/** Hears of every response that goes out for the first time. */
export type ResponseObserver = (status: number, bytes: Buffer) => void

const chart: Chart<InviteServerState, InviteServerEvent, InviteServer> = {
  proceeding: {
    invite: (t) => t.repeat('proceeding'),
    provisional: (t) => t.repeat('proceeding'),
    success: (t) => {
      t.repeat('accepted')
      t.dropResponse()
      t.startEnding(transactionLifetime(t.timers), () => t.handle('timerL'))
      return 'accepted'
    },
    failure: (t) => {
      t.repeat('completed')
      if (!t.flow.reliable) t.startRepeating(t.timers.t1, t.timers.t2, () => t.handle('timerG'))
      t.startEnding(transactionLifetime(t.timers), () => t.handle('timerH'))
      return 'completed'
    },
  },
  accepted: {
    // The 2xx is repeated by the dialog until its ACK, not by the transaction.
    timerL: (t) => t.finish(),
  },
  completed: {
    invite: (t) => t.repeat('completed'),
    timerG: (t) => t.repeat('completed'),
    ack: (t) => {
      t.stopTimers()
      if (t.flow.reliable) return t.finish()
      t.startEnding(t.timers.t4, () => t.handle('timerI'))
      return 'confirmed'
    },
    timerH: (t) => t.finish(),
  },
  confirmed: {
    timerI: (t) => t.finish(),
  },
  terminated: {},
}

export class InviteServer extends TimedMachine {
  state: InviteServerState = 'proceeding'
  readonly flow: Flow
  private readonly ended: () => void
  private observer: ResponseObserver | undefined
  private lastResponse: Buffer | undefined

  constructor(flow: Flow, scheduler: Scheduler, timers: Timers, ended: () => void, observer?: ResponseObserver) {
    super(scheduler, timers)
    this.flow = flow
    this.ended = ended
    this.observer = observer
  }

  /** A response from the transaction user. A second final one is absorbed. */
  respond(status: number, bytes: Buffer): void {
    const event = status < 200 ? 'provisional' : status < 300 ? 'success' : 'failure'
    if (chart[this.state][event] === undefined) return
    this.lastResponse = bytes
    this.handle(event)
    this.observer?.(status, bytes)
    if (status >= 200) this.observer = undefined
  }

  /** The request came again. */
  requestAgain(): void {
    this.handle('invite')
  }

  handle(event: InviteServerEvent): void {
    const transition = chart[this.state][event]
    if (transition) this.state = transition(this)
  }

  repeat<S extends InviteServerState>(state: S): S {
    if (this.lastResponse) this.flow.send(this.lastResponse)
    return state
  }

  dropResponse(): void {
    this.lastResponse = undefined
  }

  finish(): 'terminated' {
    this.stopTimers()
    this.lastResponse = undefined
    this.ended()
    return 'terminated'
  }
}
