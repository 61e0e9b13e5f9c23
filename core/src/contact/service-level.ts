/** Counts of queue entries that ended. `abandoned` includes the short ones; in time: within the queue's threshold. */
export type QueueCounts = {
  answered: number
  abandoned: number
  flowedOut: number
  answeredInTime: number
  abandonedInTime: number
}

/** SL-4: answered in time / (all that ended − abandoned within the threshold), 0–1; null before the first call. */
export function serviceLevel(counts: QueueCounts): number | null {
  const { answered, abandoned, flowedOut, answeredInTime, abandonedInTime } = counts
  return share(answeredInTime, answered + abandoned + flowedOut - abandonedInTime)
}

/** SL-3: answered in time / (answered + abandoned), every abandon against us, 0–1; null before the first call. */
export function serviceLevelStrict({
  answered,
  abandoned,
  answeredInTime,
}: Pick<QueueCounts, 'answered' | 'abandoned' | 'answeredInTime'>): number | null {
  return share(answeredInTime, answered + abandoned)
}

const share = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null)
