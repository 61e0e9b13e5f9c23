import { plainRouting, type Queue } from '@ringdown/core/acd'
import { unwrap } from '@ringdown/core/kernel'
import { createQueue, type ISql } from '@ringdown/db/postgres'
import { unique } from './unique.ts'

export async function aQueue(sql: ISql, given: Partial<Omit<Queue, 'id'>> = {}): Promise<Queue> {
  const n = unique()
  const created = await createQueue(sql, {
    key: `queue-${n}`,
    name: { zh: `队列 ${n}`, en: `Queue ${n}` },
    strategy: 'longest_idle',
    requiredSkills: [],
    ...plainRouting,
    offerMs: 20_000,
    wrapUpMs: 60_000,
    maxWaitMs: null,
    shortAbandonMs: 5_000,
    serviceLevelMs: 20_000,
    serviceLevelTarget: 0.8,
    announceEveryMs: null,
    music: 'default',
    survey: false,
    ...given,
  })
  return unwrap(created)
}
