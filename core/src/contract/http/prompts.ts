import { z } from 'zod'
import { Instant, Language } from '../../kernel/index.ts'
import { Nothing, operation } from '../operation.ts'

const tag = 'prompts'

/** One thing that callers hear, with its words and whether a recording replaces the synthesised voice. */
export const Prompt = z.object({
  key: z.string(),
  text: z.object({ zh: z.string(), en: z.string() }),
  /** When the recording was uploaded; null: synthesised. */
  uploadedAt: z.object({ zh: Instant.nullable(), en: Instant.nullable() }),
})
export type Prompt = z.infer<typeof Prompt>

/** `PUT` and `GET /api/prompts/{language}/{key}/audio` carry audio/wav; they are listed in the OpenAPI document by hand. */
export const prompts = {
  listPrompts: operation({
    tag,
    summary: 'What callers hear, and which of it was recorded',
    method: 'get',
    path: '/api/prompts',
    role: 'admin',
    output: z.array(Prompt),
  }),
  removePromptAudio: operation({
    tag,
    summary: 'Forget an uploaded recording; the synthesised voice speaks again',
    method: 'delete',
    path: '/api/prompts/{language}/{key}/audio',
    role: 'admin',
    params: z.object({ language: Language, key: z.string().regex(/^[a-z0-9-]{1,60}$/) }),
    output: Nothing,
  }),
} as const
