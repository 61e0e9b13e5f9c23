import { Language } from '@ringdown/core/kernel'
import { z } from 'zod'

/** The name of a recorded sentence: `choose-language`. The same key exists once per language. */
export const PromptKey = z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/, 'expected a prompt key such as choose-language')
export type PromptKey = z.infer<typeof PromptKey>

/** A sentence in a flow, in the caller's language or, as `choose-language@en`, always in that one. */
export const Sentence = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,59}(@(zh|en))?$/, 'expected a prompt such as choose-language or choose-language@en')
export type Sentence = z.infer<typeof Sentence>

/**
 * One piece of an utterance; pieces are played without a gap. `number`: 0 to 100, spoken as a
 * place (第二) or, when `counted`, as an amount (两分钟).
 */
export type PromptPart = { key: PromptKey; language?: Language } | { number: number; counted?: boolean }

/** Sentences as parts. */
export const sentences = (list: readonly Sentence[]): PromptPart[] =>
  list.map((sentence) => {
    const [key = sentence, language] = sentence.split('@')
    return language === undefined ? { key } : { key, language: Language.parse(language) }
  })
