import type { NotReadyReason } from '@ringdown/core/agent'
import type { DeskView } from '@ringdown/core/contract'

export type WorkStateName =
  | 'signed_out'
  | 'available'
  | NotReadyReason
  | 'ringing'
  | 'connecting'
  | 'talking'
  | 'held'
  | 'wrap_up'
  | 'device_problem'

export type WorkState = { name: WorkStateName; since: number | null }

/** The one word and time an agent's state button shows, derived from the separate facts. */
export function workStateOf(view: DeskView): WorkState {
  const { agent, call } = view
  if (!agent?.session) return { name: 'signed_out', since: null }
  const { work, status, device } = agent
  if (work.state === 'talking' && call?.state === 'connecting') return { name: 'connecting', since: work.since }
  if (work.state !== 'idle') return { name: work.state, since: work.since }
  const { chosen } = status
  if (chosen.status === 'not_ready') return { name: chosen.reason, since: Math.max(status.since, work.since) }
  if (!device.proven) return { name: 'device_problem', since: device.since }
  return { name: 'available', since: Math.max(status.since, work.since, device.since) }
}

/** Colour family of a state (or of a state word from the board). */
export type Tone = 'available' | 'talking' | 'wrap-up' | 'not-ready' | 'problem'
export function toneOf(state: string): Tone {
  switch (state) {
    case 'available':
      return 'available'
    case 'ringing':
    case 'connecting':
    case 'talking':
    case 'held':
      return 'talking'
    case 'wrap_up':
      return 'wrap-up'
    case 'device_problem':
      return 'problem'
    default:
      return 'not-ready'
  }
}
