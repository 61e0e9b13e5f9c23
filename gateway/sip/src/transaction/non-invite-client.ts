import type { SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { Chart } from './chart.ts'
import type { ClientUser } from './client-user.ts'
import type { Scheduler } from './scheduler.ts'
import { TimedMachine } from './timed-machine.ts'
import { type Timers, transactionLifetime } from './timers.ts'

/**
 * Non-INVITE client transaction (RFC 3261 section 17.1.2).
 *
 *   trying ─1xx─▶ proceeding ─final─▶ completed ─timer K─▶ terminated
 *      ├────────────final─────────────────▲
 *      └─timer F, transport error (proceeding too)───────▶ terminated
 */
export type NonInviteClientState = 'trying' | 'proceeding' | 'completed' | 'terminated'

type NonInviteClientEvent = 'provisional' | 'final' | 'timerE' | 'timerF' | 'timerK' | 'transportError'

const chart: Chart<NonInviteClientState, NonInviteClientEvent, NonInviteClient> = {
  trying: {
    provisional: (t) => {
      if (!t.flow.reliable) t.startRepeating(t.timers.t2, t.timers.t2, () => t.handle('timerE'))
      t.passUp()
      return 'proceeding'
    },
    final: (t) => t.complete(),
    timerE: (t) => t.repeat('trying'),
    timerF: (t) => t.fail('timeout'),
    transportError: (t) => t.fail('transport'),
  },
  proceeding: {
    provisional: (t) => {
      t.passUp()
      return 'proceeding'
    },
    final: (t) => t.complete(),
    timerE: (t) => t.repeat('proceeding'),
    timerF: (t) => t.fail('timeout'),
    transportError: (t) => t.fail('transport'),
  },
  completed: {
    timerK: (t) => t.finish(),
  },
  terminated: {},
}

export class NonInviteClient extends TimedMachine {
  state: NonInviteClientState = 'trying'
  readonly flow: Flow
  private readonly user: ClientUser
  private readonly observer: ((status: number) => void) | undefined
  private request: Buffer | undefined
  private response: SipResponse | undefined
  private from: Flow | undefined

  constructor(
    request: Buffer,
    flow: Flow,
    scheduler: Scheduler,
    timers: Timers,
    user: ClientUser,
    observer?: (status: number) => void,
  ) {
    super(scheduler, timers)
    this.request = request
    this.flow = flow
    this.user = user
    this.observer = observer
  }

  /** Sends the request and starts timers E and F. */
  start(): void {
    this.repeat('trying')
    if (!this.flow.reliable) this.startRepeating(this.timers.t1, this.timers.t2, () => this.handle('timerE'))
    this.startEnding(transactionLifetime(this.timers), () => this.handle('timerF'))
  }

  receive(response: SipResponse, from: Flow): void {
    this.response = response
    this.from = from
    this.handle(response.status < 200 ? 'provisional' : 'final')
    this.response = undefined
    this.from = undefined
  }

  handle(event: NonInviteClientEvent): void {
    const transition = chart[this.state][event]
    if (transition) this.state = transition(this)
  }

  repeat<S extends NonInviteClientState>(state: S): S {
    if (this.request) this.flow.send(this.request, () => this.handle('transportError'))
    return state
  }

  passUp(): void {
    if (!this.response || !this.from) return
    this.observer?.(this.response.status)
    this.user.responded(this.response, this.from)
  }

  complete(): NonInviteClientState {
    this.stopTimers()
    this.request = undefined
    this.passUp()
    if (this.flow.reliable) return this.finish()
    this.startEnding(this.timers.t4, () => this.handle('timerK'))
    return 'completed'
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
