import type { z } from 'zod'
import { contacts } from './contacts.ts'
import { customers } from './customers.ts'
import { prompts } from './prompts.ts'
import { routing } from './routing.ts'
import { savedViews } from './saved-views.ts'
import { session } from './session.ts'
import { settings } from './settings.ts'
import { skills } from './skills.ts'
import { tickets } from './tickets.ts'
import { trunks } from './trunks.ts'

export { Prompt } from './prompts.ts'
export { WhyView } from './routing.ts'
export { ListName, MAX_SAVED_VIEWS, SavedView, SavedViewInput, SORTABLE } from './saved-views.ts'
export { Me } from './session.ts'
export { Catalogue, Disposition, Skill, User } from './settings.ts'
export { SkillInput, SkillUse } from './skills.ts'
export { TicketView } from './tickets.ts'
export { TrunkInput, TrunkView } from './trunks.ts'

/** Every REST call but those of `commands`. */
export const operations = {
  ...session,
  ...customers,
  ...contacts,
  ...routing,
  ...tickets,
  ...settings,
  ...prompts,
  ...savedViews,
  ...skills,
  ...trunks,
} as const
export type Operations = typeof operations
export type OperationName = keyof Operations

type Infer<T> = T extends z.ZodType ? z.infer<T> : undefined
type Input<T> = T extends z.ZodType ? z.input<T> : undefined
/** What a handler gets, parsed. */
export type OperationInput<K extends OperationName> = {
  params: Operations[K] extends { params: infer P } ? Infer<P> : Record<string, never>
  query: Operations[K] extends { query: infer Q } ? Infer<Q> : Record<string, never>
  body: Operations[K] extends { body: infer B } ? Infer<B> : undefined
}
/** What a caller writes. */
export type OperationRequest<K extends OperationName> = (Operations[K] extends { params: infer P }
  ? { params: Input<P> }
  : { params?: never }) &
  (Operations[K] extends { query: infer Q } ? { query?: Input<Q> } : { query?: never }) &
  (Operations[K] extends { body: infer B } ? { body: Input<B> } : { body?: never })
export type OperationOutput<K extends OperationName> = Infer<Operations[K]['output']>
