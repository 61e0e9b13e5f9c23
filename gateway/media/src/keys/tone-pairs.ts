import { DTMF_KEYS } from '../rtp/dtmf.ts'

/** ITU-T Q.23: each key is one tone of each group. */
export const LOW_HZ = [697, 770, 852, 941] as const
export const HIGH_HZ = [1_209, 1_336, 1_477, 1_633] as const

const ROWS = ['123A', '456B', '789C', '*0#D']

/** The key of a row and a column. */
export function keyAt(row: number, column: number): string {
  return ROWS[row]![column]!
}

/** The two tones of a key. @param digit one of `DTMF_KEYS` */
export function tonesOf(digit: string): [low: number, high: number] {
  if (digit.length !== 1 || !DTMF_KEYS.includes(digit)) throw new Error(`${digit} is no key`)
  const row = ROWS.findIndex((keys) => keys.includes(digit))
  return [LOW_HZ[row]!, HIGH_HZ[ROWS[row]!.indexOf(digit)]!]
}
