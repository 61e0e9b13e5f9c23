import { z } from 'zod'
import { sentences } from '../../prompt.ts'
import { Asking } from '../asking.ts'
import { defineNode, exit, type NodeContext, stay, type Turn } from '../define-node.ts'

const config = Asking.extend({
  minDigits: z.number().int().min(1).max(40).default(1),
  maxDigits: z.number().int().min(1).max(40),
  /** The key that ends the entry before `maxDigits`; null: none. */
  terminator: z.enum(['#', '*']).nullable().default('#'),
  /** How long the next key is waited for. */
  betweenMs: z.number().int().min(500).max(60_000).default(4000),
}).refine((c) => c.minDigits <= c.maxDigits, { path: ['minDigits'], message: 'must not exceed maxDigits' })
type Config = z.infer<typeof config>
type Local = { hearing: 'prompt' | 'silence'; digits: string }

/** Every asking counts, over the whole run: a loop 'code wrong, ask again' through other nodes ends too. */
function ask({ id, config, facts }: NodeContext<Config>, before: string[]): Turn<Local> {
  const asked = facts.asked[id] ?? 0
  if (asked >= config.attempts) return exit('failed')
  return stay(
    { hearing: 'prompt', digits: '' },
    [{ type: 'play', prompts: sentences([...before, ...config.prompts]), interruptible: config.interruptible }],
    { asked: { ...facts.asked, [id]: asked + 1 } },
  )
}

function finish(context: NodeContext<Config>, digits: string): Turn<Local> {
  const { id, label, config } = context
  if (digits.length < config.minDigits) return ask(context, digits === '' ? config.noInput : config.invalid)
  return exit('collected', [{ type: 'record_step', step: { node: id, label, keyed: digits } }], { collected: digits })
}

/** Collects digits, ended by the terminator, by `maxDigits` or by a pause. */
export const collect = defineNode<Config, Local>({
  name: 'collect',
  config,
  exits: () => ['collected', 'failed'],
  enter: (context) => ask(context, []),
  handle(context, local, input) {
    const { config } = context
    switch (input.type) {
      case 'play_ended':
        return stay({ ...local, hearing: 'silence' }, [{ type: 'wait', ms: config.timeoutMs }])
      case 'deadline':
        return finish(context, local.digits)
      case 'digit': {
        if (local.hearing === 'prompt' && !config.interruptible) return stay(local)
        if (input.digit === config.terminator) return finish(context, local.digits)
        if (!/^\d$/.test(input.digit)) return stay(local)
        const digits = local.digits + input.digit
        if (digits.length >= config.maxDigits) return finish(context, digits)
        return stay({ hearing: 'silence', digits }, [{ type: 'wait', ms: config.betweenMs }])
      }
      default:
        return stay(local)
    }
  },
})
