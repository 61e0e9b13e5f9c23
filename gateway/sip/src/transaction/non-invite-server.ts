import type { Flow } from '../transport/flow.ts'
import type { Chart } from './chart.ts'
import type { ResponseObserver } from './invite-server.ts'
import type { Scheduler } from './scheduler.ts'
import { TimedMachine } from './timed-machine.ts'
import { type Timers, transactionLifetime } from './timers.ts'

/**
 * Non-INVITE server transaction (RFC 3261 section 17.2.2).
 *
 *   trying ─1xx─▶ proceeding ─final─▶ completed ─timer J─▶ terminated
 *      └──────────────final──────────────▲
 */
export type NonInviteServerState = 'trying' | 'proceeding' | 'completed' | 'terminated'

type NonInviteServerEvent = 'request' | 'provisional' | 'final' | 'timerJ' | 'abort'

const chart: Chart<NonInviteServerState, NonInviteServerEvent, NonInviteServer> = {
  trying: {
    provisional: (t) => t.repeat('proceeding'),
    final: (t) => t.complete(),
    abort: (t) => t.finish(),
  },
  proceeding: {
    request: (t) => t.repeat('proceeding'),
    provisional: (t) => t.repeat('proceeding'),
    final: (t) => t.complete(),
    abort: (t) => t.finish(),
  },
  completed: {
    request: (t) => t.repeatFinal(),
    timerJ: (t) => t.finish(),
  },
  terminated: {},
}

export class NonInviteServer extends TimedMachine {
  state: NonInviteServerState = 'trying'
  readonly flow: Flow
  private readonly ended: () => void
  private observer: ResponseObserver | undefined
  private lastResponse: Buffer | undefined
  /** The final response, kept for 64*T1. As text, because a slice of Buffer's pool would keep its neighbours alive. */
  private finalText = ''

  constructor(flow: Flow, scheduler: Scheduler, timers: Timers, ended: () => void, observer?: ResponseObserver) {
    super(scheduler, timers)
    this.flow = flow
    this.ended = ended
    this.observer = observer
  }

  /** A response from the transaction user. A second final one is absorbed. */
  respond(status: number, bytes: Buffer): void {
    const event = status < 200 ? 'provisional' : 'final'
    if (chart[this.state][event] === undefined) return
    this.lastResponse = bytes
    this.handle(event)
    this.observer?.(status, bytes)
    if (status >= 200) this.observer = undefined
  }

  /** The request came again. */
  requestAgain(): void {
    this.handle('request')
  }

  handle(event: NonInviteServerEvent): void {
    const transition = chart[this.state][event]
    if (transition) this.state = transition(this)
  }

  repeat<S extends NonInviteServerState>(state: S): S {
    if (this.lastResponse) this.flow.send(this.lastResponse)
    return state
  }

  repeatFinal(): 'completed' {
    this.flow.send(Buffer.from(this.finalText, 'latin1'))
    return 'completed'
  }

  complete(): NonInviteServerState {
    this.repeat('completed')
    if (this.flow.reliable) return this.finish()
    this.finalText = this.lastResponse?.toString('latin1') ?? ''
    this.lastResponse = undefined
    this.startEnding(transactionLifetime(this.timers), () => this.handle('timerJ'))
    return 'completed'
  }

  finish(): 'terminated' {
    this.stopTimers()
    this.lastResponse = undefined
    this.ended()
    return 'terminated'
  }
}
