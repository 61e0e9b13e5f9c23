import { z } from 'zod'
import { Sentence, sentences } from '../../prompt.ts'
import { defineNode, exit, stay } from '../define-node.ts'

/** Plays sentences to the end. When a key may interrupt it, that key belongs to the next node. */
export const play = defineNode({
  name: 'play',
  config: z.strictObject({ prompts: z.array(Sentence).min(1).max(20), interruptible: z.boolean().default(false) }),
  exits: () => ['done'],
  enter: ({ config }) =>
    stay(null, [{ type: 'play', prompts: sentences(config.prompts), interruptible: config.interruptible }]),
  handle({ config }, local, input) {
    if (input.type === 'play_ended') return exit('done')
    if (input.type === 'digit' && config.interruptible) return { go: 'exit', exit: 'done', key: input.digit }
    return stay(local)
  },
})
