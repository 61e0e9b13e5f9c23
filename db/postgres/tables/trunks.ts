import { err, ok, type Result, type TrunkId } from '@ringdown/core/kernel'
import type { Trunk, TrunkRules } from '@ringdown/core/trunk'
import { duplicateOf, type ISql } from '../client.ts'

/** A trunk with what only the gateway may know. */
export type StoredTrunk = Trunk & { contactUser: string; passwordSealed: string | null }
export type TrunkDuplicate = { code: 'duplicate'; field: 'name' }

/** In the order of their names. */
export async function listTrunks(sql: ISql): Promise<StoredTrunk[]> {
  const rows = await sql<StoredTrunk[]>`select * from trunks order by lower(name)`
  return rows.map(fromRow)
}

export async function createTrunk(
  sql: ISql,
  trunk: TrunkRules & { id?: TrunkId; passwordSealed?: string | null },
): Promise<Result<StoredTrunk, TrunkDuplicate>> {
  try {
    const [row] = await sql<StoredTrunk[]>`insert into trunks ${sql({ ...noAccess, ...trunk })} returning *`
    return ok(fromRow(row as StoredTrunk))
  } catch (error) {
    return err(duplicateName(error))
  }
}

/**
 * Replaces the rules of a trunk. It keeps the contact under which it is registered.
 * @param passwordSealed undefined: the password stays
 */
export async function changeTrunk(
  sql: ISql,
  id: TrunkId,
  rules: TrunkRules,
  passwordSealed?: string | null,
): Promise<Result<StoredTrunk, TrunkDuplicate | { code: 'not_found' }>> {
  const password = rules.kind === 'address' ? null : passwordSealed
  const columns = { ...noAccess, ...rules, ...(password !== undefined && { passwordSealed: password }) }
  try {
    const [row] = await sql<StoredTrunk[]>`update trunks set ${sql(columns)} where id = ${id} returning *`
    return row ? ok(fromRow(row)) : err({ code: 'not_found' })
  } catch (error) {
    return err(duplicateName(error))
  }
}

/** @returns false: there is none */
export async function deleteTrunk(sql: ISql, id: TrunkId): Promise<boolean> {
  const { count } = await sql`delete from trunks where id = ${id}`
  return count > 0
}

/** The columns of the other kind are null. */
const noAccess = { addresses: null, registrar: null, transport: null, username: null, authUser: null, expiresS: null }

function fromRow(row: StoredTrunk): StoredTrunk {
  const { id, name, enabled, defaultCountry, numbers, maxCalls, contactUser, passwordSealed } = row
  const common = { id, name, enabled, defaultCountry, numbers, maxCalls, contactUser, passwordSealed }
  if (row.kind === 'address') return { ...common, kind: row.kind, addresses: row.addresses }
  const { registrar, transport, username, authUser, expiresS } = row
  return { ...common, kind: row.kind, registrar, transport, username, authUser, expiresS }
}

function duplicateName(error: unknown): TrunkDuplicate {
  if (duplicateOf(error) === 'trunks_name') return { code: 'duplicate', field: 'name' }
  throw error
}
