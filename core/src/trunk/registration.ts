import { z } from 'zod'
import { defineMachine, Instant } from '../kernel/index.ts'

/**
 *            ┌──accepted──▶ registered ◀─┐accepted (a refresh)
 *   trying ──┤               │     ▲     │
 *            └─refused─┐  refused  │ accepted
 *                      ▼     ▼     │
 *                      failing ────┘ ◀─refused (the next pause is longer)
 */
export const Registration = z.discriminatedUnion('state', [
  z.object({ state: z.literal('trying'), since: Instant }),
  z.object({
    state: z.literal('registered'),
    since: Instant,
    until: Instant,
    refreshAt: Instant,
    /** Where the registrar answered from. */
    address: z.string(),
  }),
  z.object({
    state: z.literal('failing'),
    since: Instant,
    /** Of the last answer; null: there was none. */
    status: z.number().int().nullable(),
    reason: z.string(),
    failures: z.number().int(),
    retryAt: Instant,
    address: z.string().nullable(),
  }),
])
export type Registration = z.infer<typeof Registration>

export type RegistrationEvent =
  | { type: 'accepted'; at: number; grantedMs: number; address: string /** 0 to 1, by chance */; spread: number }
  | {
      type: 'refused'
      at: number
      status: number | null
      reason: string
      /** What the registrar asked for by Retry-After; null: nothing. */
      retryAfterMs: number | null
      /** The pause after the first failure. */
      firstPauseMs: number
    }
type Accepted = Extract<RegistrationEvent, { type: 'accepted' }>
type Refused = Extract<RegistrationEvent, { type: 'refused' }>

const LONGEST_PAUSE_MS = 300_000
const LONGEST_RETRY_AFTER_MS = 3_600_000

/** The machine of one registration; rules TR6 to TR9. */
export const registration = defineMachine<Registration, RegistrationEvent>({
  trying: { accepted: (_, e) => registered(e.at, e), refused: (_, e) => failing(e.at, 1, null, e) },
  registered: {
    accepted: ({ since }, e) => registered(since, e),
    refused: ({ address }, e) => failing(e.at, 1, address, e),
  },
  failing: {
    accepted: (_, e) => registered(e.at, e),
    refused: ({ since, failures, address }, e) => failing(since, failures + 1, address, e),
  },
})

function registered(since: number, { at, grantedMs, address, spread }: Accepted): Registration {
  const refreshAt = at + Math.round(grantedMs * (0.8 + 0.1 * spread))
  return { state: 'registered', since, until: at + grantedMs, refreshAt, address }
}

function failing(since: number, failures: number, address: string | null, event: Refused): Registration {
  const { at, status, reason, retryAfterMs, firstPauseMs } = event
  const pauseMs = Math.min(firstPauseMs * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS)
  const asked = Math.min(retryAfterMs ?? 0, LONGEST_RETRY_AFTER_MS)
  return { state: 'failing', since, status, reason, failures, retryAt: at + Math.max(pauseMs, asked), address }
}
