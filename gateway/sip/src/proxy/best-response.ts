/** A final response of one branch, as far as the choice needs it. */
type Final = { readonly status: number; readonly local: boolean }

/** 4xx that tell the caller what to change come before others of their class. */
const instructive = new Set([401, 407, 415, 420, 484])

/**
 * Which of the final responses goes to the caller (RFC 3261 section 16.7, step 6): a 6xx, else one of the lowest class,
 * among 4xx an instructive one. What the network said comes before what the server made up; of equals the first.
 */
export function bestResponse<F extends Final>(finals: readonly F[]): F | undefined {
  let best: F | undefined
  for (const final of finals) if (best === undefined || rank(final) < rank(best)) best = final
  return best
}

function rank({ status, local }: Final): number {
  const kind = Math.floor(status / 100)
  const order = kind === 6 ? 0 : kind
  return order * 4 + (instructive.has(status) ? 0 : 1) + (local ? 2 : 0)
}
