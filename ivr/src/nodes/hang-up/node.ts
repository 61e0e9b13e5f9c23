import { z } from 'zod'
import type { NodeCommand } from '../../commands.ts'
import { Sentence, sentences } from '../../prompt.ts'
import { defineNode, stay } from '../define-node.ts'

const config = z.strictObject({
  prompts: z.array(Sentence).max(10).default([]),
  reason: z.enum(['flow_ended', 'survey_finished']).default('flow_ended'),
})

/** Says goodbye, if it has words for it, and ends the call. */
export const hangUp = defineNode<z.infer<typeof config>, null>({
  name: 'hang-up',
  config,
  exits: () => [],
  enter({ config }) {
    const hangUp: NodeCommand = { type: 'hang_up', reason: config.reason }
    if (config.prompts.length === 0) return { go: 'end', commands: [hangUp] }
    return stay(null, [{ type: 'play', prompts: sentences(config.prompts), interruptible: false }])
  },
  handle({ config }, local, input) {
    if (input.type !== 'play_ended') return stay(local)
    return { go: 'end', commands: [{ type: 'hang_up', reason: config.reason }] }
  },
})
