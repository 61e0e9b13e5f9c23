import { setTimeout as sleep } from 'node:timers/promises'
import { unwrap } from '@ringdown/core/kernel'
import { type Registration, type RegistrationEvent, registration } from '@ringdown/core/trunk'
import type { Logger } from 'pino'
import type { RegisterOutcome, SendRegister } from './send-register.ts'

/** How long leaving waits for the registrar. */
const FAREWELL_MS = 1500

export type KeepParts = {
  send: SendRegister
  expiresS: number
  /** The pause after the first failure. */
  firstPauseMs: number
  changed(registration: Registration): void
  clock: () => number
  log: Logger
}

/** One registration, kept alive. */
export type KeptRegistration = {
  readonly state: Registration
  /** Stops refreshing. @param unregister false: another gateway goes on with it */
  stop(how: { unregister: boolean }): Promise<void>
}

/** Registers, refreshes in time, and tries again after failures, by SPEC.md TR7 to TR9. */
export function keepRegistered(parts: KeepParts): KeptRegistration {
  const { clock, changed, log } = parts
  const stopped = new AbortController()
  let state: Registration = { state: 'trying', since: clock() }
  const going = go()

  async function go(): Promise<void> {
    while (!stopped.signal.aborted) {
      const event = eventOf(await attempt(parts.send, parts.expiresS), clock(), parts.firstPauseMs)
      const before = state.state
      state = unwrap(registration.step(state, event))
      if (before !== state.state) tell(log, state)
      changed(state)
      const nextAt = state.state === 'registered' ? state.refreshAt : state.state === 'failing' ? state.retryAt : 0
      await sleep(Math.max(0, nextAt - clock()), undefined, { signal: stopped.signal }).catch(() => undefined)
    }
  }

  return {
    get state() {
      return state
    },
    async stop({ unregister }) {
      stopped.abort()
      const gone = going.then(() => (unregister && state.state !== 'trying' ? attempt(parts.send, 0) : undefined))
      await Promise.race([gone, sleep(FAREWELL_MS, undefined, { ref: false })])
    },
  }
}

/** An outage on our side is a refusal without status. */
function attempt(send: SendRegister, expiresS: number): Promise<RegisterOutcome> {
  return send(expiresS).catch((error: unknown) => ({
    ...{ accepted: false, status: null, retryAfterMs: null },
    reason: (error instanceof Error ? error.message : String(error)).slice(0, 120),
  }))
}

function eventOf(outcome: RegisterOutcome, at: number, firstPauseMs: number): RegistrationEvent {
  if (!outcome.accepted) return { ...outcome, type: 'refused', at, firstPauseMs }
  const { grantedMs, address } = outcome
  if (grantedMs > 0) return { type: 'accepted', at, grantedMs, address, spread: Math.random() }
  return { type: 'refused', at, status: 200, reason: 'registered for no time', retryAfterMs: null, firstPauseMs }
}

function tell(log: Logger, state: Registration): void {
  if (state.state === 'registered') log.info({ until: state.until, registrar: state.address }, 'registered')
  else if (state.state === 'failing') log.warn({ status: state.status, reason: state.reason }, 'not registered')
}
