import frontDesk from '@ringdown/ivr/flows/front-desk' with { type: 'json' }
import { type ISql, inTransaction } from '../postgres/index.ts'
import { installStandards } from './installation.ts'
import { seedPrivateTrunk } from './trunks.ts'

/**
 * Fills an empty database for `--empty`: settings, dispositions, a trunk and a flow to the front desk; users and queues are
 * made in the set-up.
 * @returns false when the database was filled before
 */
export async function seedEmpty(sql: ISql): Promise<boolean> {
  return inTransaction(sql, async (tx) => {
    if (await isSeeded(tx)) return false
    await installStandards(tx, { settings: { demo: false }, flow: frontDesk })
    await seedPrivateTrunk(tx)
    return true
  })
}

/** Locks out a second seeding at the same time. */
export async function isSeeded(tx: ISql): Promise<boolean> {
  await tx`lock table settings in share row exclusive mode`
  const [row] = await tx`select 1 from settings limit 1`
  return row !== undefined
}
