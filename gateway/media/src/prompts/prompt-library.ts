import { readFile, stat } from 'node:fs/promises'
import { extname, isAbsolute, resolve, sep } from 'node:path'
import { toTelephone } from '../codec/resample.ts'
import { parseWav } from '../codec/wav.ts'
import { MediaError } from '../protocol/errors.ts'

const MAX_FILE_BYTES = 200 * 1024 * 1024

type Entry = { mtimeMs: number; samples: Promise<Int16Array>; bytes: number }

/** The files that can be played, each decoded once and kept while there is room, the least recently used goes first. */
export class PromptLibrary {
  readonly #dir: string
  readonly #capacity: number
  readonly #entries = new Map<string, Entry>()
  #bytes = 0

  constructor(dir: string, capacityBytes: number) {
    this.#dir = resolve(dir)
    this.#capacity = capacityBytes
  }

  /**
   * The 8 kHz mono samples of a file. A file that changed on disk is read anew.
   * Throws MediaError `prompt_not_found`, `prompt_unreadable` or `path_refused`, each naming the file.
   * @param name absolute path, or path below the prompt folder; `.wav` may be left out
   */
  async load(name: string, field: string): Promise<Int16Array> {
    const path = this.#locate(name, field)
    const { mtimeMs, size } = await stat(path).catch(() => {
      throw new MediaError('prompt_not_found', `no file ${name} (looked for ${path})`, field)
    })
    const known = this.#entries.get(path)
    if (known?.mtimeMs === mtimeMs) {
      this.#entries.delete(path)
      this.#entries.set(path, known)
      return known.samples
    }
    if (size > MAX_FILE_BYTES) throw new MediaError('prompt_unreadable', `${name}: larger than 200 MB`, field)
    return this.#read(path, name, mtimeMs, field)
  }

  #read(path: string, name: string, mtimeMs: number, field: string): Promise<Int16Array> {
    this.#forget(path)
    const samples = decode(path).catch((error: unknown) => {
      this.#forget(path)
      const why = error instanceof Error ? error.message : String(error)
      throw new MediaError('prompt_unreadable', `${name}: ${why}`, field)
    })
    const entry: Entry = { mtimeMs, samples, bytes: 0 }
    this.#entries.set(path, entry)
    samples.then(
      (decoded) => this.#keep(path, entry, decoded.byteLength),
      () => {},
    )
    return samples
  }

  #keep(path: string, entry: Entry, bytes: number): void {
    if (this.#entries.get(path) !== entry) return
    entry.bytes = bytes
    this.#bytes += bytes
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#capacity) break
      this.#forget(oldest)
    }
  }

  #forget(path: string): void {
    this.#bytes -= this.#entries.get(path)?.bytes ?? 0
    this.#entries.delete(path)
  }

  #locate(name: string, field: string): string {
    const path = resolve(this.#dir, extname(name) === '' ? `${name}.wav` : name)
    if (!isAbsolute(name) && !path.startsWith(this.#dir + sep)) {
      throw new MediaError('path_refused', `${name} leads out of the prompt folder`, field)
    }
    return path
  }
}

async function decode(path: string): Promise<Int16Array> {
  const wav = parseWav(await readFile(path))
  if (wav.samples.length === 0) throw new Error('no audio data')
  return toTelephone(wav)
}
