import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  connect,
  listPastStays,
  listQueues,
  listShownStates,
  listUsers,
  type PastStay,
  readSettings as readCompany,
  spanOfDay,
} from '@ringdown/db/postgres'
import { databaseUrl } from '../launch/process-plan.ts'
import { readSecrets } from '../launch/secrets.ts'
import { readEnvironment, readSettings } from '../launch/settings.ts'
import type { Day } from './day.ts'
import { pastDay } from './past-day.ts'
import type { Chance } from './random.ts'

/** A day of the ledger, in the database that the settings name. @param date such as `2026-11-20` */
export async function readPastDay(date: string, chance: Chance): Promise<{ day: Day; stays: PastStay[] }> {
  const sql = connect(whereItIs(), { applicationName: 'ringdown simulate', max: 2 })
  try {
    const { timeZone } = await readCompany(sql)
    const span = await spanOfDay(sql, date, timeZone)
    const [queues, users, stays, shown] = await Promise.all([
      listQueues(sql),
      listUsers(sql),
      listPastStays(sql, span),
      listShownStates(sql, span),
    ])
    return { day: pastDay({ queues, users, stays, shown, to: span.to }, chance), stays }
  } finally {
    await sql.end({ timeout: 5 })
  }
}

function whereItIs(): string {
  const settings = readSettings(readEnvironment(join(import.meta.dirname, '..')))
  if (settings.databaseUrl) return settings.databaseUrl
  if (!existsSync(join(settings.dataDir, 'secrets.json')))
    throw new Error(
      `there is no installation in ${settings.dataDir}: RINGDOWN_DATA_DIR or DATABASE_URL says where it is`,
    )
  return databaseUrl({ settings, secrets: readSecrets(settings.dataDir) } as Parameters<typeof databaseUrl>[0])
}
