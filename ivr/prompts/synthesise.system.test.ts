import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { promptTexts } from './index.ts'
import { findStalePrompts, type SynthesisReport, synthesisePrompts } from './synthesise.ts'
import { fromWav } from './wav.ts'

let dir: string
let first: SynthesisReport
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ringdown-prompts-'))
  first = await synthesisePrompts(dir)
})
afterAll(() => rm(dir, { recursive: true, force: true }))

it('speaks every prompt in both languages for the telephone', async () => {
  expect(first.made).toBe(2 * Object.keys(promptTexts).length + 1)
  for (const language of ['zh', 'en']) {
    for (const key of Object.keys(promptTexts)) {
      const { rate, samples } = fromWav(await readFile(join(dir, language, `${key}.wav`)))
      expect({ key, rate, audible: samples.some((x) => x > 0.5) }).toEqual({ key, rate: 8000, audible: true })
      expect(samples.length, key).toBeGreaterThan(0.15 * rate)
    }
  }
})

it('has nothing to do the second time', async () => {
  expect(await findStalePrompts(dir)).toEqual([])
  expect(await synthesisePrompts(dir)).toEqual({ made: 0, kept: first.made })
})

it('makes again what is missing, removes what is no longer named, leaves uploads and half files out of sight', async () => {
  const manifest = JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'))
  await writeFile(join(dir, 'manifest.json'), JSON.stringify({ ...manifest, 'zh/old-words.wav': 'x' }))
  await writeFile(join(dir, 'zh/old-words.wav'), '')
  await mkdir(join(dir, 'custom/zh'), { recursive: true })
  await writeFile(join(dir, 'custom/zh/greeting.wav'), 'uploaded')
  await rm(join(dir, 'en/goodbye.wav'))

  expect(await findStalePrompts(dir)).toEqual(['en/goodbye.wav'])
  expect(await synthesisePrompts(dir)).toEqual({ made: 1, kept: first.made - 1 })
  expect((await stat(join(dir, 'en/goodbye.wav'))).size).toBeGreaterThan(1000)
  expect((await readdir(join(dir, 'zh'))).filter((name) => name === 'old-words.wav' || name.endsWith('.part'))).toEqual(
    [],
  )
  expect(await readFile(join(dir, 'custom/zh/greeting.wav'), 'utf8')).toBe('uploaded')
})

it('goes on where it was interrupted', async () => {
  // Many more than are under way at once, so that some are left when the second one ends.
  const gone = Object.keys(promptTexts)
    .slice(0, 20)
    .map((key) => `en/${key}.wav`)
  await Promise.all(gone.map((file) => rm(join(dir, file))))
  const interrupt = (done: number) => {
    if (done === 2) throw new Error('interrupted')
  }
  await expect(synthesisePrompts(dir, interrupt)).rejects.toThrow('interrupted')
  const left = await findStalePrompts(dir)
  expect(left.length).toBeGreaterThan(0)
  expect(left.length).toBeLessThanOrEqual(gone.length - 2)
  await synthesisePrompts(dir)
  expect(await findStalePrompts(dir)).toEqual([])
})
