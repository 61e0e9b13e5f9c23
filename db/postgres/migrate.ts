import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ISql, Sql } from './client.ts'

const directory = join(import.meta.dirname, 'migrations')
/** Any number that nobody else locks: processes that start together migrate one after the other. */
const lockKey = 7_464_633_696

export type Migration = { name: string; text: string; checksum: string }

/** The migrations of this version, in order: `0001_users.sql` … */
export async function readMigrations(from = directory): Promise<Migration[]> {
  const names = (await readdir(from)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      if (!/^\d{4}_[a-z_]+\.sql$/.test(name)) throw new Error(`migration ${name}: expected a name like 0001_users.sql`)
      const text = await readFile(join(from, name), 'utf8')
      return { name, text, checksum: createHash('sha256').update(text).digest('hex') }
    }),
  )
}

/**
 * Brings the database to this version: applies what is missing, each file in one transaction, and returns the names
 * applied. Throws when a file that was applied has changed or is gone: migrations are only ever added.
 */
export async function migrate(sql: Sql, migrations?: readonly Migration[]): Promise<string[]> {
  const wanted = migrations ?? (await readMigrations())
  const connection = await sql.reserve()
  try {
    await connection`select pg_advisory_lock(${lockKey})`
    try {
      return await applyMissing(connection, wanted)
    } finally {
      await connection`select pg_advisory_unlock(${lockKey})`
    }
  } finally {
    connection.release()
  }
}

async function applyMissing(sql: ISql, wanted: readonly Migration[]): Promise<string[]> {
  await sql`
    create table if not exists migrations (
      name text primary key,
      checksum text not null,
      applied_at timestamptz not null default now()
    )`
  const rows = await sql<{ name: string; checksum: string }[]>`select name, checksum from migrations`
  const applied = new Map(rows.map((row) => [row.name, row.checksum]))
  refuseChanges(applied, wanted)

  const missing = wanted.filter((migration) => !applied.has(migration.name))
  for (const { name, text, checksum } of missing) {
    try {
      await sql.unsafe(`begin;\n${text}`)
      await sql`insert into migrations ${sql({ name, checksum })}`
      await sql`commit`
    } catch (error) {
      await sql`rollback`
      throw new Error(`migration ${name} failed and was undone: ${(error as Error).message}`, { cause: error })
    }
  }
  return missing.map((migration) => migration.name)
}

function refuseChanges(applied: ReadonlyMap<string, string>, wanted: readonly Migration[]): void {
  const known = new Map(wanted.map((migration) => [migration.name, migration.checksum]))
  for (const [name, checksum] of applied) {
    if (!known.has(name)) {
      throw new Error(`the database has migration ${name}, which this version does not know: run a newer Ringdown`)
    }
    if (known.get(name) !== checksum) {
      throw new Error(`migration ${name} was changed after it was applied: restore the file and add a new migration`)
    }
  }
}
