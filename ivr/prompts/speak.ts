import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { normalisePeak, trimSilence } from './level.ts'
import type { PromptLanguage } from './numbers.ts'
import { resample } from './resample.ts'
import { fromWav, telephoneRate, toWav } from './wav.ts'

/** espeak-ng's `cmn` voice reads pinyin as English in 1.51; `cmn-latn-pinyin` speaks Mandarin. Speed in words a minute. */
export const voices = {
  zh: { voice: 'cmn-latn-pinyin', speed: 170 },
  en: { voice: 'en-gb', speed: 155 },
} satisfies Record<PromptLanguage, { voice: string; speed: number }>

/** Loud enough for G.711 and still without clipping after its rounding. */
const peakDbfs = -3

const run = promisify(execFile)

/** Speaks a text offline: a telephone-quality WAV file. Rejects when espeak-ng is missing or fails. */
export async function speak(text: string, language: PromptLanguage): Promise<Buffer> {
  const { voice, speed } = voices[language]
  const args = ['-v', voice, '-s', String(speed), '-b', '1', '-z', '--stdout', '--', text]
  const { stdout } = await run('espeak-ng', args, { encoding: 'buffer', maxBuffer: 64 * 1024 * 1024 })
  return toWav(normalisePeak(trimSilence(resample(fromWav(stdout), telephoneRate)), peakDbfs))
}
