import { MAX_SAVED_VIEWS } from '@ringdown/core/contract'
import { err, ok } from '@ringdown/core/kernel'
import { changeSavedView, createSavedView, deleteSavedView, findSavedView, listSavedViews } from '@ringdown/db/postgres'
import type { Refusal } from '../../commands/handlers.ts'
import { mayDeleteView, maySeeView, mayShareView, rolesSeenBy } from '../../policies/saved-views.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import type { HttpNeeds } from '../ports.ts'
import { duplicate, notFound } from '../refusals.ts'

type SavedViewOperations = Pick<
  OperationHandlers,
  'listSavedViews' | 'createSavedView' | 'changeSavedView' | 'deleteSavedView'
>

export function savedViewHandlers({ sql }: Pick<HttpNeeds, 'sql'>): SavedViewOperations {
  return {
    listSavedViews: async ({ query }, { userId, role }) =>
      ok(await listSavedViews(sql, { userId, roles: rolesSeenBy(role), list: query.list })),

    async createSavedView({ body }, caller) {
      if (body.sharedWith !== null && !mayShareView(caller)) return err(mayNotShare)
      const created = await createSavedView(sql, caller.userId, body)
      if (created.ok) return created
      return err(created.error.code === 'duplicate' ? duplicate(created.error.field) : enough)
    },

    async changeSavedView({ params, body }, caller) {
      const view = await findSavedView(sql, params.viewId)
      if (!view || !maySeeView(caller, view)) return err(notFound('view'))
      if (view.owner.id !== caller.userId) return err(notYours)
      if (body.sharedWith !== null && !mayShareView(caller)) return err(mayNotShare)
      const changed = await changeSavedView(sql, { id: view.id, ownerId: caller.userId }, body)
      if (changed.ok) return changed
      return err(changed.error.code === 'duplicate' ? duplicate(changed.error.field) : notFound('view'))
    },

    async deleteSavedView({ params }, caller) {
      const view = await findSavedView(sql, params.viewId)
      if (!view || !maySeeView(caller, view)) return err(notFound('view'))
      if (!mayDeleteView(caller, view)) return err(notYours)
      return (await deleteSavedView(sql, view.id)) ? ok({}) : err(notFound('view'))
    },
  }
}

const enough: Refusal = {
  code: 'too_many_views',
  message: `You keep ${MAX_SAVED_VIEWS} views already; delete one first.`,
}
const mayNotShare: Refusal = {
  code: 'forbidden',
  message: 'Views are shared by supervisors; save it as your own.',
  field: 'body.sharedWith',
}
const notYours: Refusal = {
  code: 'forbidden',
  message: 'This view belongs to somebody else; save one of your own.',
}
