import type { QueueId } from '@ringdown/core/kernel'

/** A difference younger than this is a fact on its way from one store to the other. */
const ON_ITS_WAY_MS = 5_000

/**
 * How far the ledger and the live queue are apart, per queue: stays that are open in the ledger minus callers in the
 * line. A caller who enters or leaves is for a moment in one of them only, so a difference counts once it lasts.
 */
export function createSettledDrift(): (queueId: QueueId, difference: number, at: number) => number {
  const since = new Map<QueueId, { at: number; sign: number }>()
  return (queueId, difference, at) => {
    const sign = Math.sign(difference)
    const known = since.get(queueId)
    if (known?.sign !== sign) since.set(queueId, { at, sign })
    return sign !== 0 && known?.sign === sign && at - known.at >= ON_ITS_WAY_MS ? difference : 0
  }
}
