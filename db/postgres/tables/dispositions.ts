import type { Disposition } from '@ringdown/core/contract'
import { type ISql, inTransaction, jsonb } from '../client.ts'

export async function listDispositions(sql: ISql): Promise<Disposition[]> {
  return sql<Disposition[]>`select key, name, position from dispositions order by position, key`
}

/** Replaces the whole list. Contacts keep the keys they were given. */
export async function saveDispositions(sql: ISql, dispositions: readonly Disposition[]): Promise<Disposition[]> {
  return inTransaction(sql, async (tx) => {
    await tx`delete from dispositions`
    await tx`
      insert into dispositions (key, name, position)
      select key, name, position
      from jsonb_to_recordset(${jsonb(tx, dispositions)}) as given (key text, name jsonb, position int)`
    return listDispositions(tx)
  })
}
