import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { musicFile, promptFiles, promptLanguages, promptTexts } from './index.ts'
import { composeMusic } from './music.ts'
import { speak, voices } from './speak.ts'
import { toWav } from './wav.ts'

/** Raise it when the same words are to be rendered anew: other levels, other filters, another piece of music. */
const recipe = 1
const speakers = 3

export type SynthesisReport = { made: number; kept: number }

type Item = { file: string; fingerprint: string; render: () => Promise<Buffer> }

/** The prompts and music whose audio is missing or out of date in a folder. Nothing to do means no synthesiser is needed. */
export async function findStalePrompts(dir: string): Promise<string[]> {
  return (await stale(dir)).map(({ file }) => file)
}

/**
 * Brings the prompt folder up to date: speaks what is new or changed, removes what is no longer named. Uploaded
 * recordings (`custom/`) are left alone. A file is never seen half written.
 *
 * @param onProgress hears how many of the stale files are done
 */
export async function synthesisePrompts(
  dir: string,
  onProgress: (done: number, total: number) => void = () => undefined,
): Promise<SynthesisReport> {
  const all = items()
  const work = await stale(dir)
  await Promise.all(
    [...promptLanguages, dirname(musicFile)].map((folder) => mkdir(join(dir, folder), { recursive: true })),
  )
  await removeUnnamed(dir, all)

  const made = new Map(all.filter((item) => !work.some(({ file }) => file === item.file)).map(entry))
  const queue = work.values()
  let done = 0
  let failed = false
  const takeTurns = async () => {
    try {
      for (const item of queue) {
        if (failed) return
        await writeWhole(join(dir, item.file), await item.render())
        made.set(...entry(item))
        onProgress(++done, work.length)
      }
    } catch (error) {
      failed = true
      throw error
    }
  }
  // Every speaker has ended when this returns or throws: nobody writes behind the caller's back.
  const turns = await Promise.allSettled(Array.from({ length: speakers }, takeTurns))
  // Also when it was interrupted: what is spoken is not spoken again.
  await writeWhole(join(dir, 'manifest.json'), Buffer.from(`${JSON.stringify(Object.fromEntries(made), null, 1)}\n`))
  const interrupted = turns.find((turn) => turn.status === 'rejected')
  if (interrupted) throw interrupted.reason
  return { made: work.length, kept: all.length - work.length }
}

function items(): Item[] {
  const spoken = promptLanguages.flatMap((language) =>
    Object.entries(promptTexts).map(([key, text]) => ({
      file: promptFiles(key, language).synthesised,
      fingerprint: hash([recipe, voices[language], text[language]]),
      render: () => speak(text[language], language),
    })),
  )
  const music = { file: musicFile, fingerprint: hash([recipe]), render: async () => toWav(composeMusic()) }
  return [music, ...spoken]
}

async function stale(dir: string): Promise<Item[]> {
  const manifest = await readManifest(dir)
  const isStale = async ({ file, fingerprint }: Item) =>
    manifest[file] !== fingerprint || !(await exists(join(dir, file)))
  const verdicts = await Promise.all(items().map(async (item) => ({ item, stale: await isStale(item) })))
  return verdicts.filter((verdict) => verdict.stale).map(({ item }) => item)
}

function entry({ file, fingerprint }: Item): [string, string] {
  return [file, fingerprint]
}

async function removeUnnamed(dir: string, all: readonly Item[]): Promise<void> {
  const named = new Set(all.map(({ file }) => file))
  const unnamed = Object.keys(await readManifest(dir)).filter((file) => !named.has(file))
  await Promise.all(unnamed.map((file) => rm(join(dir, file), { force: true })))
}

async function readManifest(dir: string): Promise<Record<string, string>> {
  try {
    return JSON.parse(await readFile(join(dir, 'manifest.json'), 'utf8'))
  } catch {
    return {}
  }
}

async function writeWhole(path: string, content: Buffer): Promise<void> {
  const unfinished = `${path}.${process.pid}.part`
  await writeFile(unfinished, content)
  await rename(unfinished, path)
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}

function hash(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16)
}
