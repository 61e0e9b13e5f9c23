import type { ISql } from './client.ts'

/** A statement takes 65,535 parameters at most. */
const rowsAtOnce = 1000

/** Writes rows by their `id`: new ones are added, known ones get all the columns given. All rows have the same keys. */
export async function upsertRows(sql: ISql, table: string, rows: readonly object[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first)
  const set = columns.map((column, i) => sql`${i === 0 ? sql`` : sql`, `}${sql(column)} = excluded.${sql(column)}`)
  for (let i = 0; i < rows.length; i += rowsAtOnce) {
    const some = rows.slice(i, i + rowsAtOnce) as Record<string, never>[]
    await sql`insert into ${sql(table)} ${sql(some, columns)} on conflict (id) do update set ${set}`
  }
}
