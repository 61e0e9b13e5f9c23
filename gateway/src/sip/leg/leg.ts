import type { Termination } from '@ringdown/core/contact'
import { defineMachine } from '@ringdown/core/kernel'
import { classifyEnd, type LegEnd, type LegSide } from '../classify-failure.ts'

/**
 * One SIP side of a call, a caller's or an agent's; the rules are in SPEC.md.
 *
 *   INVITE from a caller                          ┌────────▶ held ─────────┐
 *      offered ──answering──▶ answering ─┐        │ (theirs)  │            │
 *                                        ├─▶ answered ──▶ silent          │
 *      dialing ──rang──▶ early ──────────┘        │           │           │
 *   INVITE of ours │      │                       └──server_lost──▶ stranded
 *                  └──cancel──▶ cancelling                             │
 *                                   │ (crossed with a 2xx)  hang_up, silence_over
 *                                   └──────────────────────────────▶ leaving ──left──▶ ended
 *   bye, from wherever it can come; before the answer: refused, cancelled, unsent, server_lost ──▶ ended
 *
 * `held`: the other side holds us. `silent`: it is not heard. `stranded`: the SIP server that knew the dialog was lost, so
 * that no BYE of theirs can reach us. `leaving`: our BYE is under way, the end is decided.
 */
export type Leg = { side: LegSide } & (
  | { state: 'offered' }
  | { state: 'answering' }
  | { state: 'dialing' }
  | { state: 'early' }
  | { state: 'cancelling' }
  | { state: 'answered' }
  /** `heard`: it was heard before they held us, or has been since. */
  | { state: 'held'; heard: boolean }
  | { state: 'silent' }
  | { state: 'stranded' }
  | { state: 'leaving'; why: Termination }
  | { state: 'ended'; why: Termination }
)

export type LegEvent =
  /** A 180 or 183 of what we dialled. */
  | { type: 'rang' }
  /** We send our 2xx. */
  | { type: 'answering' }
  /** The dialog is confirmed by a 2xx, theirs or ours. */
  | { type: 'answered' }
  /** A final response that is no success, to our INVITE or from us. */
  | { type: 'refused'; status: number }
  /** An INVITE or 2xx of ours could not be sent. */
  | { type: 'unsent' }
  /** The caller's CANCEL. */
  | { type: 'cancelled' }
  /** We give up what we dialled. */
  | { type: 'cancel' }
  /** Theirs, or one that the SIP server sent for us. */
  | { type: 'bye'; reason: string }
  /** The other side holds us, by a re-INVITE. */
  | { type: 'held' }
  | { type: 'resumed' }
  /** No audio of theirs comes. */
  | { type: 'silent' }
  | { type: 'heard' }
  /** They were silent for too long. */
  | { type: 'silence_over' }
  /** The connection to the SIP server broke. */
  | { type: 'server_lost' }
  /** Call control is done with it. */
  | { type: 'hang_up'; why: Termination }
  /** Our BYE or CANCEL was answered, or has waited long enough. */
  | { type: 'left' }

const ended = (leg: Leg, end: LegEnd): Leg => ({
  state: 'ended',
  side: leg.side,
  why: classifyEnd(end, leg.side),
})
const leaving = ({ side }: Leg, why: Termination): Leg => ({ state: 'leaving', side, why })
const stay = <L extends Leg>(leg: L): L => leg

const refusedBy =
  (rang: boolean) =>
  (leg: Leg, { status }: { status: number }) =>
    ended(leg, { by: 'response', status, rang })
const cancelledByUs = { party: 'system', reason: 'cancelled' } as const
/** What can happen to a leg that talks, in whatever state. */
const confirmed = {
  bye: (leg: Leg, { reason }: { reason: string }) => ended(leg, { by: 'bye', reason }),
  hang_up: (leg: Leg, { why }: { why: Termination }) => leaving(leg, why),
  server_lost: ({ side }: Leg): Leg => ({ state: 'stranded', side }),
}
const lost = (leg: Leg) => leaving(leg, classifyEnd({ by: 'silence' }, leg.side))
const serverLost = (leg: Leg) => ended(leg, { by: 'server' })
const unsent = (leg: Leg) => ended(leg, { by: 'failure' })

export const legMachine = defineMachine<Leg, LegEvent>({
  offered: {
    answering: ({ side }) => ({ state: 'answering', side }),
    refused: (leg, { status }) => ended(leg, { by: 'refusal', status }),
    cancelled: (leg) => ended(leg, { by: 'cancel' }),
    server_lost: serverLost,
  },
  answering: {
    answered: ({ side }) => ({ state: 'answered', side }),
    cancelled: (leg) => ended(leg, { by: 'cancel' }),
    unsent,
    server_lost: serverLost,
  },
  dialing: {
    rang: ({ side }) => ({ state: 'early', side }),
    answered: ({ side }) => ({ state: 'answered', side }),
    refused: refusedBy(false),
    cancel: ({ side }) => ({ state: 'cancelling', side }),
    unsent,
    server_lost: serverLost,
  },
  early: {
    rang: stay,
    answered: ({ side }) => ({ state: 'answered', side }),
    refused: refusedBy(true),
    cancel: ({ side }) => ({ state: 'cancelling', side }),
    unsent,
    server_lost: serverLost,
  },
  cancelling: {
    rang: stay,
    answered: (leg) => leaving(leg, cancelledByUs),
    refused: ({ side }) => ({ state: 'ended', side, why: cancelledByUs }),
    unsent: ({ side }) => ({ state: 'ended', side, why: cancelledByUs }),
    left: ({ side }) => ({ state: 'ended', side, why: cancelledByUs }),
    server_lost: ({ side }) => ({ state: 'ended', side, why: cancelledByUs }),
  },
  answered: {
    ...confirmed,
    held: ({ side }) => ({ state: 'held', side, heard: true }),
    silent: ({ side }) => ({ state: 'silent', side }),
    heard: stay,
  },
  // Who holds us owes us no audio.
  held: {
    ...confirmed,
    resumed: ({ side, heard }) => ({ state: heard ? 'answered' : 'silent', side }),
    silent: ({ side }) => ({ state: 'held', side, heard: false }),
    heard: ({ side }) => ({ state: 'held', side, heard: true }),
  },
  silent: {
    ...confirmed,
    held: ({ side }) => ({ state: 'held', side, heard: false }),
    heard: ({ side }) => ({ state: 'answered', side }),
    silence_over: lost,
  },
  stranded: {
    ...confirmed,
    held: stay,
    resumed: stay,
    silent: stay,
    heard: stay,
    silence_over: lost,
    server_lost: stay,
  },
  leaving: {
    bye: ({ side, why }) => ({ state: 'ended', side, why }),
    left: ({ side, why }) => ({ state: 'ended', side, why }),
    server_lost: stay,
    silent: stay,
    heard: stay,
  },
  ended: {},
})

/** Is the end of a leg decided? */
export const isOver = (leg: Leg): leg is Extract<Leg, { why: Termination }> =>
  leg.state === 'leaving' || leg.state === 'ended'
