import { isDialable } from '../audio/dtmf.ts'

/** When digits are pressed: at an instant after the answer, a while after the step before, or when a prompt has ended. */
export type Moment =
  | { kind: 'at'; ms: number }
  | { kind: 'after'; ms: number }
  | { kind: 'prompt-end'; silenceMs: number }

export type Step = { moment: Moment; digits: string }

/** Walks the demo flow: 中文, after-sales, customer code. */
export const demoScript = '~:1,~:1,~:100237#'

/** Reads `when:digits,when:digits …`:
 *  `7s:1` or `7500ms:1` that long after the answer, `+2s:1` that long after the step before,
 *  `~:1` when the prompt ends (600 ms of silence after some sound), `~900ms:1` with another silence.
 *  Throws an Error that quotes the step it does not understand. */
export function parseScript(text: string): Step[] {
  if (text.trim() === '') return []
  return text.split(',').map((step) => parseStep(step.trim()))
}

function parseStep(step: string): Step {
  const [, moment, digits = ''] = /^([^:]*):(.+)$/.exec(step) ?? []
  if (moment === undefined || !isDialable(digits))
    throw new Error(`--press: "${step}" is not when:digits, such as 2s:1 or ~:100237#`)
  return { moment: parseMoment(moment, step), digits }
}

function parseMoment(text: string, step: string): Moment {
  if (text === '~') return { kind: 'prompt-end', silenceMs: 600 }
  const [, sign, number, unit] = /^([~+]?)(\d+(?:\.\d+)?)(ms|s)$/.exec(text) ?? []
  if (number === undefined) throw new Error(`--press: "${text}" in "${step}" is no moment; write 2s, 1500ms, +2s or ~`)
  const ms = Math.round(Number(number) * (unit === 's' ? 1000 : 1))
  if (sign === '~') return { kind: 'prompt-end', silenceMs: ms }
  return { kind: sign === '+' ? 'after' : 'at', ms }
}
