import { z } from 'zod'
import { Sentence } from '../prompt.ts'

export const Key = z.string().regex(/^[0-9*#]$/, 'expected one key: 0-9, * or #')

/** What every node that asks for keys has in common. */
export const Asking = z.strictObject({
  prompts: z.array(Sentence).min(1).max(20),
  /** Said before asking again after a wrong or a missing answer. */
  invalid: z.array(Sentence).max(5).default([]),
  noInput: z.array(Sentence).max(5).default([]),
  /** How often it is asked in all. */
  attempts: z.number().int().min(1).max(9).default(3),
  /** How long the first key is waited for once the prompt has ended. */
  timeoutMs: z.number().int().min(500).max(60_000).default(5000),
  /** A key stops the prompt. */
  interruptible: z.boolean().default(true),
})
