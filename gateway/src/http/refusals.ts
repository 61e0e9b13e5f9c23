import type { Refusal } from '../commands/handlers.ts'

/** The refusals that many handlers share, in the words people read. */
export const notFound = (what: string): Refusal => ({
  code: 'not_found',
  message: `This ${what} does not exist (any more).`,
})

export const stale = (what: string): Refusal => ({
  code: 'stale',
  message: `Somebody changed this ${what} meanwhile. Look at the new version and change it again.`,
})

export const duplicate = (field: string): Refusal => ({
  code: 'duplicate',
  message: `This ${field} is taken already; choose another one.`,
  field: `body.${field}`,
})
