import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { musicFile, promptLanguages, promptTexts } from '@ringdown/ivr/prompts'
import { sampleRate, tone } from '../sip/audio/sources.ts'
import { writeWav } from '../sip/index.ts'

/** What callers hear in these tests: prompts are short beeps, music is one steady tone. */
export const heard = { prompt: 1000, music: 300 } as const

/** A prompt folder of short beeps, so that a test is through the menus in a moment. */
export async function writeTestPrompts(folder: string): Promise<void> {
  const beep = pcm(heard.prompt, 120)
  const music = pcm(heard.music, 1000)
  await mkdir(join(folder, 'music'), { recursive: true })
  await writeWav(join(folder, musicFile), music)
  for (const language of promptLanguages) {
    await mkdir(join(folder, language), { recursive: true })
    await Promise.all(Object.keys(promptTexts).map((key) => writeWav(join(folder, language, `${key}.wav`), beep)))
  }
}

function pcm(frequency: number, ms: number): Int16Array {
  const source = tone(frequency)
  const frames = Array.from({ length: ms / 20 }, () => [...source.nextFrame()])
  return Int16Array.from(frames.flat().slice(0, (ms * sampleRate) / 1000))
}
