import { Language } from '@ringdown/core/kernel'
import { z } from 'zod'
import { defineNode, exit, stay } from '../define-node.ts'

/** All that is said from here on is said in this language. */
export const setLanguage = defineNode({
  name: 'set-language',
  config: z.strictObject({ language: Language }),
  exits: () => ['done'],
  enter: ({ config: { language } }) => exit('done', [{ type: 'set_language', language }], { language }),
  handle: (_, local) => stay(local),
})
