import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Language } from '@ringdown/core/kernel'
import { err, ok } from '@ringdown/core/kernel'
import { appendAudit } from '@ringdown/db/postgres'
import { promptFiles, promptTexts } from '@ringdown/ivr/prompts'
import type { Foundation } from '../../foundation.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import { notFound } from '../refusals.ts'

type PromptOperations = Pick<OperationHandlers, 'listPrompts' | 'removePromptAudio'>

export function promptHandlers({ config, sql }: Pick<Foundation, 'config' | 'sql'>): PromptOperations {
  const uploadedAt = (key: string, language: Language) =>
    stat(uploadedFile(config.promptDir, language, key)).then(
      ({ mtimeMs }) => Math.round(mtimeMs),
      () => null,
    )
  return {
    async listPrompts() {
      const list = Object.entries(promptTexts).map(async ([key, text]) => {
        const [zh, en] = await Promise.all([uploadedAt(key, 'zh'), uploadedAt(key, 'en')])
        return { key, text, uploadedAt: { zh, en } }
      })
      return ok(await Promise.all(list))
    },

    async removePromptAudio({ params: { key, language } }, caller) {
      if (!Object.hasOwn(promptTexts, key)) return err(notFound('prompt'))
      await rm(uploadedFile(config.promptDir, language, key), { force: true })
      await appendAudit(sql, {
        userId: caller.userId,
        action: 'prompt.removed',
        subjectId: null,
        details: { key, language },
      })
      return ok({})
    },
  }
}

export const uploadedFile = (promptDir: string, language: Language, key: string): string =>
  join(promptDir, promptFiles(key, language).uploaded)
