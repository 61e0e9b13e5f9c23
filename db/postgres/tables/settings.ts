import { z } from 'zod'
import { type ISql, jsonb } from '../client.ts'

/** Of the whole installation, each with the value it has until an administrator says otherwise. */
const Settings = z.object({
  company: z.string().default('Ringdown'),
  timeZone: z.string().default('Asia/Shanghai'),
  /** Where numbers without a country code are from, ISO 3166. */
  defaultCountry: z.string().length(2).default('CN'),
  /** Shown to callers and testers. */
  numberToCall: z.string().default('4000'),
  /** Filled with demo data: sign-ins are public knowledge. */
  demo: z.boolean().default(false),
})
export type Settings = z.infer<typeof Settings>

export async function readSettings(sql: ISql): Promise<Settings> {
  const rows = await sql<{ key: string; value: unknown }[]>`select key, value from settings`
  return Settings.parse(Object.fromEntries(rows.map(({ key, value }) => [key, value])))
}

export async function saveSettings(sql: ISql, settings: Partial<Settings>): Promise<void> {
  const rows = Object.entries(settings).map(([key, value]) => ({ key, value }))
  await sql`
    insert into settings (key, value)
    select key, value from jsonb_to_recordset(${jsonb(sql, rows)}) as given (key text, value jsonb)
    on conflict (key) do update set value = excluded.value, changed_at = now()`
}
