import { unwrap } from '@ringdown/core/kernel'
import type { TrunkRules } from '@ringdown/core/trunk'
import { createTrunk, type ISql, type StoredTrunk } from '@ringdown/db/postgres'
import { unique } from './unique.ts'

/** This machine may call in, unless said otherwise. */
export async function aTrunk(sql: ISql, given: Partial<TrunkRules> = {}): Promise<StoredTrunk> {
  const common = { enabled: true, defaultCountry: 'CN', numbers: [], maxCalls: null }
  const rules = { ...common, kind: 'address', name: `trunk ${unique()}`, addresses: ['127.0.0.0/8'], ...given }
  return unwrap(await createTrunk(sql, rules as TrunkRules))
}
