import { parseArgs } from 'node:util'
import type { Codec } from '../audio/g711.ts'
import { demoScript, parseScript, type Step } from './script.ts'
import { completeTarget } from './target.ts'

export type CallerOptions = {
  to: string
  from: string
  name: string
  steps: Step[]
  survey: string | undefined
  sound: { kind: 'chime' | 'silence' } | { kind: 'tone'; frequency: number } | { kind: 'file'; path: string }
  record: string | undefined
  /** 0: until the other side hangs up. */
  durationMs: number
  codecs: Codec[]
  count: number
  json: boolean
}

export const usage = `npm run call -- [options]      calls Ringdown as a customer would

  --to NUMBER|SIP-URI   default sip:4000@127.0.0.1:5060 (RINGDOWN_HOST, RINGDOWN_SIP_PORT)
  --from NUMBER         caller's number (13900138000); with --count the following ones too
  --name TEXT           caller's name
  --press SCRIPT        what to press when (${demoScript}); '' presses nothing
                          2s:1      two seconds after the answer        +2s:1  two seconds after the step before
                          ~:1       when the prompt ends (600 ms still) ~900ms:1
  --survey DIGIT        after the script, press it whenever a voice has ended and 1.5 s are still
  --audio FILE.wav | --tone HZ | --silence    what the agent hears (default: a soft chime every three seconds)
  --record FILE.wav     keep what was heard
  --duration SECONDS    hang up then (300); 0 stays until the other side hangs up
  --codec pcma|pcmu     offer only this one
  --count N             so many callers at once
  --json                one JSON document at the end instead of the timeline

While it runs, digits on your keyboard are sent at once; q or Ctrl-C hangs up.`

/** Throws an Error that names the option. Undefined when help was asked for. */
export function parseOptions(
  args: string[],
  environment: Record<string, string | undefined>,
): CallerOptions | undefined {
  const { values } = parseArgs({
    args,
    options: {
      to: { type: 'string' },
      from: { type: 'string', default: '13900138000' },
      name: { type: 'string', default: '' },
      press: { type: 'string', default: demoScript },
      survey: { type: 'string' },
      audio: { type: 'string' },
      tone: { type: 'string' },
      silence: { type: 'boolean', default: false },
      record: { type: 'string' },
      duration: { type: 'string', default: '300' },
      codec: { type: 'string' },
      count: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  if (values.help) return undefined
  if (values.survey !== undefined && !/^[0-9]$/.test(values.survey))
    throw new Error(`--survey: one digit, not "${values.survey}"`)
  if (!/^\+?\d+$/.test(values.from)) throw new Error(`--from: a number, not "${values.from}"`)
  const sounds = [values.audio, values.tone, values.silence || undefined].filter((given) => given !== undefined)
  if (sounds.length > 1) throw new Error('--audio, --tone and --silence exclude each other')
  return {
    to: completeTarget(values.to, environment),
    from: values.from,
    name: values.name,
    steps: parseScript(values.press),
    survey: values.survey,
    sound: soundOf(values),
    record: values.record,
    durationMs: numberOf('--duration', values.duration, 0) * 1000,
    codecs: codecsOf(values.codec),
    count: numberOf('--count', values.count, 1),
    json: values.json,
  }
}

function soundOf(values: { audio?: string; tone?: string; silence: boolean }): CallerOptions['sound'] {
  if (values.audio !== undefined) return { kind: 'file', path: values.audio }
  if (values.tone !== undefined) return { kind: 'tone', frequency: numberOf('--tone', values.tone, 1) }
  return { kind: values.silence ? 'silence' : 'chime' }
}

function codecsOf(text: string | undefined): Codec[] {
  if (text === undefined) return ['pcma', 'pcmu']
  if (text === 'pcma' || text === 'pcmu') return [text]
  throw new Error(`--codec: pcma or pcmu, not "${text}"`)
}

function numberOf(option: string, text: string, least: number): number {
  const number = Number(text)
  if (!Number.isFinite(number) || number < least) throw new Error(`${option}: a number from ${least}, not "${text}"`)
  return number
}
