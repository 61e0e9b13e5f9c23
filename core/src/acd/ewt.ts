/** Taken for a queue that has no calls of this half hour yet. */
export const DEFAULT_HANDLE_MS = 90_000

export type WaitFacts = {
  /** Place in the queue, 1 is next. */
  position: number
  /** Members at work: routable, ringing, in a call or in wrap-up. */
  agents: number
  /** Those of them who are routable: each takes one of those who wait at once. */
  ready: number
  /** Mean handle time (talk, hold, wrap-up) in ms; null: no figure. */
  handleMs: number | null
}

/**
 * Estimated wait in ms of the caller at a position: each agent takes one caller per handle time, so the caller waits for
 * as many ends of calls among them as callers are left before him once those who are ready have theirs. Null without
 * agents: there is nothing honest to say.
 */
export function estimateWait({ position, agents, ready, handleMs }: WaitFacts): number | null {
  if (agents === 0) return null
  return Math.round(((handleMs ?? DEFAULT_HANDLE_MS) * Math.max(0, position - ready)) / agents)
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

/** How far the expected waits of a queue were off, over its last graded callers. */
export type WaitError = {
  count: number
  /** Mean of |expected − waited|. */
  meanErrorMs: number
  /** Mean of expected − waited: above 0 promised too long a wait. */
  biasMs: number
  meanWaitMs: number
}

/** Fewer graded callers prove nothing against an estimate. */
const ENOUGH = 20
/** Callers are told minutes: less than one is no error. */
const TOLERATED_MS = 60_000

/** An estimate that was off by more than a minute and more than half the real wait, on average, is not announced. */
export function isReliable(error: WaitError | undefined): boolean {
  if (!error || error.count < ENOUGH) return true
  return error.meanErrorMs <= Math.max(TOLERATED_MS, error.meanWaitMs / 2)
}
