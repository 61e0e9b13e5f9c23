import type { DeskView } from '@ringdown/core/contract'

export type DeskState = {
  /** null until the first view came. */
  view: DeskView | null
  /** Server clock − this computer's clock, ms. */
  offsetMs: number
}

export const nothingYet: DeskState = { view: null, offsetMs: 0 }

/** Below this a difference of clocks is the network's, not the clock's. */
const JITTER_MS = 400

/** Takes a view the server sent; an older one of the same shift changes nothing. */
export function receive(state: DeskState, view: DeskView, receivedAt: number): DeskState {
  if (state.view && isOlder(view, state.view)) return state
  const offsetMs = view.now - receivedAt
  const steady = state.view !== null && Math.abs(offsetMs - state.offsetMs) < JITTER_MS
  return { view, offsetMs: steady ? state.offsetMs : offsetMs }
}

function isOlder(next: DeskView, current: DeskView): boolean {
  const sameShift = next.agent?.session?.signedInAt === current.agent?.session?.signedInAt
  if (sameShift && next.version !== current.version) return next.version < current.version
  return next.now < current.now
}
