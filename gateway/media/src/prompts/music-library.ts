import { MusicStream } from '../sources/music-stream.ts'
import type { PromptLibrary } from './prompt-library.ts'

/** The music streams, one for each name, made when first asked for and kept: all callers hear the same moment. */
export class MusicLibrary {
  readonly #prompts: PromptLibrary
  readonly #streams = new Map<string, { samples: Int16Array; stream: MusicStream }>()

  constructor(prompts: PromptLibrary) {
    this.#prompts = prompts
  }

  /** The stream of a file; a changed file makes a new stream. Throws as `PromptLibrary.load`. */
  async stream(name: string, field: string): Promise<MusicStream> {
    const samples = await this.#prompts.load(name, field)
    const known = this.#streams.get(name)
    if (known?.samples === samples) return known.stream
    const stream = new MusicStream(samples)
    this.#streams.set(name, { samples, stream })
    return stream
  }
}
