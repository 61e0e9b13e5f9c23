import type { ApiError } from '@ringdown/core/contract'
import type { Response } from 'express'
import type { z } from 'zod'
import type { Refusal } from '../commands/handlers.ts'
import { statusOfRefusal } from '../policies/status-of-refusal.ts'

/** The one way an HTTP call is refused. */
export function refuse(res: Response, refusal: Refusal): void {
  const body: ApiError = { error: refusal }
  res.status(statusOfRefusal(refusal.code)).json(body)
}

/** The first thing wrong with an input, with the path of the field: `body.phones.0: expected E.164 …`. */
export function invalidInput(error: z.ZodError, part?: string): Refusal {
  const issue = error.issues[0]
  const field = [part, ...(issue?.path ?? [])].filter((p) => p !== undefined).join('.')
  return { code: 'invalid_input', message: issue?.message ?? 'the input is not valid', ...(field && { field }) }
}
