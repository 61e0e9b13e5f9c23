import { plainRouting, type Queue } from '@ringdown/core/acd'
import type { QueueId } from '@ringdown/core/kernel'

/** A queue without special rules. */
export const plainQueue = (key: string, more: Partial<Queue> = {}): Queue => ({
  id: key as QueueId,
  key,
  name: { zh: key, en: key },
  strategy: 'longest_idle',
  requiredSkills: [],
  ...plainRouting,
  offerMs: 20_000,
  wrapUpMs: 0,
  maxWaitMs: null,
  shortAbandonMs: 5_000,
  serviceLevelMs: 20_000,
  serviceLevelTarget: 0.8,
  announceEveryMs: null,
  music: 'default',
  survey: false,
  ...more,
})
