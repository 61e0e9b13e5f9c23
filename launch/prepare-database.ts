import { connect, hasAdministrator, migrate, readSettings, type Sql } from '@ringdown/db/postgres'
import { seedDemo, seedEmpty } from '@ringdown/db/seeds'
import type { Note } from './progress.mjs'
import { Refusal } from './refusal.ts'

export type Installation = { demo: boolean; needsSetup: boolean; numberToCall: string }

/**
 * Runs work on the database with a connection of its own.
 *
 * @throws Refusal when the database can't be reached
 */
export async function withDatabase<T>(url: string, work: (sql: Sql) => Promise<T>): Promise<T> {
  const sql = connect(url, { applicationName: 'ringdown start', max: 2 })
  try {
    await sql`select 1`.catch((error: Error) => {
      const { host, pathname } = new URL(url)
      throw new Refusal(
        `PostgreSQL at ${host}${pathname} can't be used: ${error.message}\nDATABASE_URL says where it is.`,
      )
    })
    return await work(sql)
  } finally {
    await sql.end({ timeout: 5 })
  }
}

/** Brings the tables to this version. */
export async function migrateDatabase(sql: Sql, note: Note): Promise<void> {
  note('comparing versions')
  const applied = await migrate(sql)
  note(applied.length === 0 ? 'up to date' : `${applied.length} applied`)
}

/** Fills an empty database, with demo data or with what every installation needs; a filled one is left alone. */
export async function fillDatabase(sql: Sql, { empty, recordingDir }: FillOptions, note: Note): Promise<Installation> {
  note(empty ? 'preparing an empty installation' : 'filling in')
  const filled = await (empty ? seedEmpty(sql) : seedDemo(sql, { now: Date.now(), recordingDir }))
  const [{ demo, numberToCall }, administered] = await Promise.all([readSettings(sql), hasAdministrator(sql)])
  note(describe({ empty, filled, demo, administered }))
  return { demo, needsSetup: !administered, numberToCall }
}

type FillOptions = { empty: boolean; recordingDir: string }

function describe({
  empty,
  filled,
  demo,
  administered,
}: Record<'empty' | 'filled' | 'demo' | 'administered', boolean>) {
  if (filled) return empty ? 'none, as asked' : '200 companies, 500 people, 2,000 contacts'
  if (empty && demo) return 'kept: only a new data folder starts empty'
  if (!administered) return 'none'
  return demo ? 'kept' : 'none: this is a real installation'
}
