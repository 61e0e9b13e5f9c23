/** Taken for a queue that has no calls of this half hour yet. */
export const DEFAULT_HANDLE_MS = 90_000

export type WaitFacts = {
  /** Place in the queue, 1 is next. */
  position: number
  /** Members at work: routable, ringing, in a call or in wrap-up. */
  agents: number
  /** Mean handle time (talk, hold, wrap-up) in ms; null: no figure. */
  handleMs: number | null
}

/**
 * Estimated wait in ms of the caller at a position: each agent takes one caller per handle time, so the caller waits for
 * `position` ends of calls among them. Null without agents: there is nothing honest to say.
 */
export function estimateWait({ position, agents, handleMs }: WaitFacts): number | null {
  if (agents === 0) return null
  return Math.round(((handleMs ?? DEFAULT_HANDLE_MS) * position) / agents)
}

export type AnnouncedWait = { waitMs: number; at: number }

/**
 * The wait to announce now. What a caller was told counts down with the time he waited and never rises again; null:
 * announce the position only.
 */
export function announcedWait(
  previous: AnnouncedWait | null,
  estimateMs: number | null,
  now: number,
): AnnouncedWait | null {
  if (estimateMs === null) return null
  if (!previous) return { waitMs: estimateMs, at: now }
  return { waitMs: Math.min(estimateMs, Math.max(0, previous.waitMs - (now - previous.at))), at: now }
}
