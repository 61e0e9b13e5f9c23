import { type ListName, MAX_SAVED_VIEWS, type Role, type SavedView, type SavedViewInput } from '@ringdown/core/contract'
import { err, ok, type Result, type SavedViewId, type UserId } from '@ringdown/core/kernel'
import { duplicateOf, type ISql, inTransaction, jsonb } from '../client.ts'

export type SavedViewDuplicate = { code: 'duplicate'; field: 'name' }

/** Views that this user owns or that are shared with one of the roles, of one list or of all; by name. */
export async function listSavedViews(
  sql: ISql,
  { userId, roles, list }: { userId: UserId; roles: readonly Role[]; list?: ListName | undefined },
): Promise<SavedView[]> {
  return sql<SavedView[]>`
    ${selectViews(sql)} where (v.owner_id = ${userId} or v.shared_with = any(${[...roles]}))
      and (${list ?? null}::text is null or v.list = ${list ?? null})
    order by lower(v.name), v.id`
}

export async function findSavedView(sql: ISql, id: SavedViewId): Promise<SavedView | undefined> {
  const [row] = await sql<SavedView[]>`${selectViews(sql)} where v.id = ${id}`
  return row
}

/** Refused once the user has as many as he may keep. */
export async function createSavedView(
  sql: ISql,
  ownerId: UserId,
  view: SavedViewInput,
): Promise<Result<SavedView, SavedViewDuplicate | { code: 'too_many' }>> {
  try {
    return await inTransaction(sql, async (tx) => {
      // One at a time of a user, so that two at once cannot both be the last one.
      await tx`select 1 from users where id = ${ownerId} for update`
      const [kept] = await tx<{ count: number }[]>`select count(*) from saved_views where owner_id = ${ownerId}`
      if ((kept?.count ?? 0) >= MAX_SAVED_VIEWS) return err({ code: 'too_many' })
      const [row] = await tx<{ id: SavedViewId }[]>`
        insert into saved_views ${tx({ ownerId, ...columnsOf(tx, view) })} returning id`
      return ok((await findSavedView(tx, (row as { id: SavedViewId }).id)) as SavedView)
    })
  } catch (error) {
    return err(duplicateName(error))
  }
}

/** Replaces a view of this owner. */
export async function changeSavedView(
  sql: ISql,
  { id, ownerId }: { id: SavedViewId; ownerId: UserId },
  view: SavedViewInput,
): Promise<Result<SavedView, SavedViewDuplicate | { code: 'not_found' }>> {
  try {
    return await inTransaction(sql, async (tx) => {
      const { count } = await tx`
        update saved_views set ${tx(columnsOf(tx, view))}, updated_at = now()
        where id = ${id} and owner_id = ${ownerId}`
      const changed = count > 0 ? await findSavedView(tx, id) : undefined
      return changed ? ok(changed) : err({ code: 'not_found' })
    })
  } catch (error) {
    return err(duplicateName(error))
  }
}

/** @returns false: there is none */
export async function deleteSavedView(sql: ISql, id: SavedViewId): Promise<boolean> {
  const { count } = await sql`delete from saved_views where id = ${id}`
  return count > 0
}

const selectViews = (sql: ISql) => sql`
  select v.id, v.list, v.name, v.filters, v.sort, v.columns, v.shared_with, v.updated_at,
    jsonb_build_object('id', u.id, 'name', u.name) as owner
  from saved_views v join users u on u.id = v.owner_id`

const columnsOf = (sql: ISql, { list, name, filters, sort, columns, sharedWith }: SavedViewInput) => ({
  ...{ list, name, sort, sharedWith },
  filters: jsonb(sql, filters),
  columns: jsonb(sql, columns),
})

function duplicateName(error: unknown): SavedViewDuplicate {
  if (duplicateOf(error) === 'saved_views_name') return { code: 'duplicate', field: 'name' }
  throw error
}
