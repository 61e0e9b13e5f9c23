import { Localized } from '@ringdown/core/kernel'
import { z } from 'zod'
import { sentences } from '../../prompt.ts'
import { Asking, Key } from '../asking.ts'
import { defineNode, exit, stay, type Turn } from '../define-node.ts'

const config = Asking.extend({
  choices: z
    .record(Key, z.strictObject({ label: Localized }))
    .refine((choices) => Object.keys(choices).length > 0, 'expected at least one choice'),
})
type Config = z.infer<typeof config>
type Local = { hearing: 'prompt' | 'silence'; asked: number }

const ask = (config: Config, asked: number, before: string[]): Turn<Local> =>
  stay({ hearing: 'prompt', asked }, [
    { type: 'play', prompts: sentences([...before, ...config.prompts]), interruptible: config.interruptible },
  ])

const askAgain = (config: Config, { asked }: Local, because: string[]): Turn<Local> =>
  asked < config.attempts ? ask(config, asked + 1, because) : exit('failed')

/** One key out of several. A wrong key or none is asked again; after the last attempt the exit is `failed`. */
export const menu = defineNode<Config, Local>({
  name: 'menu',
  config,
  exits: (config) => [...Object.keys(config.choices), 'failed'],
  enter: ({ config }) => ask(config, 1, []),
  handle({ id, config, facts }, local, input) {
    switch (input.type) {
      case 'play_ended':
        return stay({ ...local, hearing: 'silence' }, [{ type: 'wait', ms: config.timeoutMs }])
      case 'deadline':
        return askAgain(config, local, config.noInput)
      case 'digit': {
        if (local.hearing === 'prompt' && !config.interruptible) return stay(local)
        const choice = config.choices[input.digit]
        if (!choice) return askAgain(config, local, config.invalid)
        const step = { node: id, label: choice.label, keyed: input.digit }
        return exit(input.digit, [{ type: 'record_step', step }], { chosen: { ...facts.chosen, [id]: input.digit } })
      }
      default:
        return stay(local)
    }
  },
})
