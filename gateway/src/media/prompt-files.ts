import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '@ringdown/core/kernel'
import type { PromptPart } from '@ringdown/ivr'
import { numberPrompts, promptFiles } from '@ringdown/ivr/prompts'

/** Turns what is to be said into files below the prompt folder; a recording that was uploaded wins over synthesis. */
export type PromptFiles = (parts: readonly PromptPart[], language: Language) => Promise<string[]>

export function promptFilesIn(folder: string): PromptFiles {
  const fileOf = async (key: string, language: Language): Promise<string> => {
    const { uploaded, synthesised } = promptFiles(key, language)
    return access(join(folder, uploaded)).then(
      () => uploaded,
      () => synthesised,
    )
  }
  return (parts, language) =>
    Promise.all(
      parts.flatMap((part) =>
        'key' in part
          ? [fileOf(part.key, part.language ?? language)]
          : numberPrompts(part.number, language, part.counted ? 'counted' : 'ordinal').map((key) =>
              fileOf(key, language),
            ),
      ),
    )
}
