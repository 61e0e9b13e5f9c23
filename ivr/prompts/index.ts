import { type NumberKey, numberTexts, type PromptLanguage } from './numbers.ts'
import { texts } from './texts.ts'

export { digitPrompts, type NumberKey, numberPrompts, type PromptLanguage } from './numbers.ts'
export { texts } from './texts.ts'

/** The name of one prompt, in every language. */
export type PromptKey = keyof typeof texts | NumberKey

/** Every prompt that has audio, with its words. */
export const promptTexts: Record<string, { zh: string; en: string }> = { ...texts, ...numberTexts }

export const promptLanguages = ['zh', 'en'] as const satisfies PromptLanguage[]

/** The music callers hear on hold and in queues, relative to the prompt folder. */
export const musicFile = 'music/default.wav'

/** Where a prompt's audio is, relative to the prompt folder: a recording uploaded for it, else the synthesised one. */
export function promptFiles(key: string, language: PromptLanguage): { uploaded: string; synthesised: string } {
  return { uploaded: `custom/${language}/${key}.wav`, synthesised: `${language}/${key}.wav` }
}
