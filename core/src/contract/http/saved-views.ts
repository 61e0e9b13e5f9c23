import { z } from 'zod'
import { Instant, SavedViewId, UserId } from '../../kernel/index.ts'
import { Nothing, operation, Role } from '../operation.ts'
import { contacts } from './contacts.ts'
import { customers } from './customers.ts'
import { tickets } from './tickets.ts'

/** The lists that can be looked at in one's own way, with the fields each can be sorted by. */
export const SORTABLE = {
  customers: ['name', 'code', 'grade', 'people', 'openTickets', 'lastContactAt', 'createdAt'],
  contacts: ['startedAt', 'number', 'customer', 'agent', 'outcome', 'waitedMs', 'talkMs'],
  tickets: [
    ...['number', 'subject', 'state', 'priority', 'category'],
    ...['customer', 'assignee', 'dueAt', 'createdAt', 'updatedAt'],
  ],
} as const
export type ListName = keyof typeof SORTABLE
export const ListName = z.enum(['customers', 'contacts', 'tickets'])

/** How many a user may keep, over all lists. */
export const MAX_SAVED_VIEWS = 50

/** In the order of the table; those that a page does not know (any more) it leaves out, new ones it appends. */
const Columns = z
  .array(
    z.object({
      key: z.string().regex(/^[a-zA-Z]{1,40}$/, 'expected the key of a column'),
      /** In CSS pixels; null: the column's own. */
      width: z.number().int().min(40).max(1200).nullable(),
      shown: z.boolean(),
    }),
  )
  .max(40)
  .superRefine((columns, ctx) => {
    const twice = columns.findIndex((column, i) => columns.findIndex(({ key }) => key === column.key) < i)
    if (twice >= 0) ctx.addIssue({ code: 'custom', path: [twice, 'key'], message: 'this column is there already' })
  })

/** As the query of the list has it: `-updatedAt,number`; null: the list's own order. */
function sortOf(list: ListName) {
  const fields: readonly string[] = SORTABLE[list]
  return z
    .string()
    .max(100)
    .refine((sort) => sort.split(',').every((word) => fields.includes(word.replace(/^-/, ''))), {
      error: `expected fields of ${fields.join(', ')}, such as -${fields[0]}`,
    })
    .nullable()
}

const paging = { page: true, pageSize: true, sort: true } as const
const ofList = {
  name: z.string().trim().min(1).max(80),
  columns: Columns,
  /** Those of this role and above see it too; null: only its owner. Supervisors and administrators may share. */
  sharedWith: Role.nullable(),
}
const CustomersView = z.object({
  list: z.literal('customers'),
  filters: customers.listCustomers.query.omit(paging).strict(),
  sort: sortOf('customers'),
  ...ofList,
})
const ContactsView = z.object({
  list: z.literal('contacts'),
  filters: contacts.listContacts.query.omit(paging).strict(),
  sort: sortOf('contacts'),
  ...ofList,
})
const TicketsView = z.object({
  list: z.literal('tickets'),
  filters: tickets.listTickets.query.omit(paging).strict(),
  sort: sortOf('tickets'),
  ...ofList,
})

/** What a list shows and how: its filters as the list's query has them, its order, its columns. */
export const SavedViewInput = z.discriminatedUnion('list', [CustomersView, ContactsView, TicketsView])
export type SavedViewInput = z.infer<typeof SavedViewInput>

const kept = {
  id: SavedViewId,
  owner: z.object({ id: UserId, name: z.string() }),
  updatedAt: Instant,
}
export const SavedView = z.discriminatedUnion('list', [
  CustomersView.extend(kept),
  ContactsView.extend(kept),
  TicketsView.extend(kept),
])
export type SavedView = z.infer<typeof SavedView>

const tag = 'saved views'
const params = z.object({ viewId: SavedViewId })
const path = '/api/saved-views/{viewId}'

export const savedViews = {
  listSavedViews: operation({
    tag,
    summary: 'Own views of lists, and those shared with one’s role, by name',
    method: 'get',
    path: '/api/saved-views',
    role: 'agent',
    query: z.object({ list: ListName.optional() }),
    output: z.array(SavedView),
  }),
  createSavedView: operation({
    tag,
    summary: `Save a view of a list under a name; at most ${MAX_SAVED_VIEWS} a user`,
    method: 'post',
    path: '/api/saved-views',
    role: 'agent',
    body: SavedViewInput,
    output: SavedView,
  }),
  changeSavedView: operation({
    tag,
    summary: 'Replace an own view: its name, what it shows, with whom it is shared',
    method: 'put',
    path,
    role: 'agent',
    params,
    body: SavedViewInput,
    output: SavedView,
  }),
  deleteSavedView: operation({
    tag,
    summary: 'Delete an own view; administrators may delete shared ones too',
    method: 'delete',
    path,
    role: 'agent',
    params,
    output: Nothing,
  }),
} as const
