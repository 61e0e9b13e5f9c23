export type HeadsetProblem = 'denied' | 'missing' | 'busy' | 'insecure' | 'network' | 'server' | 'unsupported'

/**
 *   off ─start→ asking ─microphone→ connecting ─linked→ connected
 *    ▲            │ failed             │ failed   ▲ │ lost
 *    │            └────────▶ error ◀───┘          └─┘ (connecting again)
 *    └ stop ── any        any ─replaced→ replaced ─start→ asking
 */
export type HeadsetState =
  | { state: 'off' }
  | { state: 'asking' }
  | { state: 'connecting' }
  | { state: 'connected' }
  | { state: 'replaced' }
  | { state: 'error'; problem: HeadsetProblem; message: string }

export type HeadsetEvent =
  | { type: 'start' }
  | { type: 'microphone' }
  | { type: 'linked' }
  | { type: 'lost' }
  | { type: 'failed'; problem: HeadsetProblem; message: string }
  | { type: 'replaced' }
  | { type: 'stop' }

type Moves = { [S in HeadsetState['state']]: { [E in HeadsetEvent['type']]?: HeadsetState['state'] } }

const everywhere = { replaced: 'replaced', stop: 'off', failed: 'error' } as const
const moves: Moves = {
  off: { start: 'asking', replaced: 'replaced' },
  asking: { microphone: 'connecting', ...everywhere },
  connecting: { linked: 'connected', ...everywhere },
  connected: { lost: 'connecting', microphone: 'connecting', ...everywhere },
  replaced: { start: 'asking', stop: 'off' },
  error: { start: 'asking', microphone: 'connecting', linked: 'connected', ...everywhere },
}

/** The next state; an event without meaning in this state changes nothing. */
export function nextHeadset(current: HeadsetState, event: HeadsetEvent): HeadsetState {
  const to = moves[current.state][event.type]
  if (!to) return current
  if (to === 'error')
    return event.type === 'failed' ? { state: 'error', problem: event.problem, message: event.message } : current
  return { state: to }
}

/** Which plain sentence explains a failed getUserMedia. */
export function problemOf(error: unknown): HeadsetProblem {
  switch (error instanceof Error ? error.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'denied'
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'missing'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'unsupported'
  }
}
