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

/** The body names something that is not there (any more). */
export const unknown = (field: string): Refusal => ({
  code: 'invalid_input',
  message: 'One of these does not exist (any more); choose again.',
  field: `body.${field}`,
})

/** @param field of the body, such as `login`, `name.zh` or `3.key` */
export const duplicate = (field: string): Refusal => ({
  code: 'duplicate',
  message: `This ${field.split('.').find((part) => !/^\d+$/.test(part))} is taken already; choose another one.`,
  field: `body.${field}`,
})
