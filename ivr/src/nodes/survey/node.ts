import { z } from 'zod'
import type { NodeCommand } from '../../commands.ts'
import { Sentence, sentences } from '../../prompt.ts'
import { defineNode, exit, stay, type Turn } from '../define-node.ts'
import { type Question, readScore } from './read-score.ts'

const config = z.strictObject({
  /** Asks for 1 to 5. */
  csat: z.array(Sentence).min(1).max(10),
  /** Asks for 0 to 10; null: not asked. */
  nps: z.array(Sentence).min(1).max(10).nullable().default(null),
  invalid: z.array(Sentence).max(5).default([]),
  attempts: z.number().int().min(1).max(5).default(2),
  timeoutMs: z.number().int().min(500).max(60_000).default(6000),
  /** After a 1 in the 0–10 question: how long a 0 is waited for. */
  betweenMs: z.number().int().min(300).max(5000).default(1500),
})
type Config = z.infer<typeof config>
type Local = { question: Question; asked: number; keyed: string }

const ask = (config: Config, question: Question, asked: number, before: NodeCommand[], first: string[]): Turn<Local> =>
  stay({ question, asked, keyed: '' }, [
    ...before,
    { type: 'play', prompts: sentences([...first, ...(config[question] ?? [])]), interruptible: true },
  ])

/** A question nobody answers is left out, not asked for ever. */
function skip(config: Config, { question, asked }: Local, because: string[]): Turn<Local> {
  if (asked < config.attempts) return ask(config, question, asked + 1, [], because)
  return question === 'csat' && config.nps ? ask(config, 'nps', 1, [], []) : exit('done')
}

function score(config: Config, { question }: Local, value: number): Turn<Local> {
  const recorded: NodeCommand = { type: 'record_score', question, score: value }
  return question === 'csat' && config.nps ? ask(config, 'nps', 1, [recorded], []) : exit('done', [recorded])
}

/** Satisfaction 1–5, then, if wanted, recommendation 0–10, by keys. */
export const survey = defineNode<Config, Local>({
  name: 'survey',
  config,
  exits: () => ['done'],
  enter: ({ config }) => ask(config, 'csat', 1, [], []),
  handle({ config }, local, input) {
    switch (input.type) {
      case 'play_ended':
        return stay(local, [{ type: 'wait', ms: config.timeoutMs }])
      case 'deadline':
        return local.keyed === '' ? skip(config, local, []) : score(config, local, Number(local.keyed))
      case 'digit': {
        const read = readScore(local.question, local.keyed, input.digit)
        if (read.kind === 'invalid') return skip(config, local, config.invalid)
        if (read.kind === 'score') return score(config, local, read.score)
        return stay({ ...local, keyed: read.keyed }, [{ type: 'wait', ms: config.betweenMs }])
      }
      default:
        return stay(local)
    }
  },
})
