import { onBeat } from './beat.ts'
import { type Frame, FrameReader, frameMs } from './frames.ts'
import type { Recorder } from './recorder.ts'
import { describeSegment, type Segment, segmentsOf, tonesOf } from './segments.ts'
import { silenceRms, toneShare } from './tone-detector.ts'

export type Hearing = {
  /** How long it must last, ms. */
  forMs?: number
  /** How long to wait for it, ms, from now. */
  withinMs?: number
  /** Listen from this instant of the timeline (ms) instead of from now. */
  sinceMs?: number
}

/** A tone counts when most of the power is in it: other sound of the same loudness fails. */
const toneIsShare = 0.6
/** Of the time asked for, so much must match: a late packet on a busy machine is not a different sound. */
const enough = 0.8

/** Waits until something is heard in a recording that is still growing. Each wait ends by what is heard or by its limit. */
export class Ears {
  readonly #recorder: Recorder
  readonly #reader: FrameReader

  constructor(recorder: Recorder) {
    this.#recorder = recorder
    this.#reader = new FrameReader(recorder)
  }

  hears(frequency: number, hearing: Hearing = {}): Promise<Segment> {
    const matches = (frame: Frame) =>
      frame.rms >= silenceRms &&
      toneShare(this.#recorder.read(frame.atMs, frame.atMs + frameMs), frequency) >= toneIsShare
    return this.#until(`${frequency} Hz`, matches, enough, hearing, 300)
  }

  /** Every moment of it must be silent. */
  hearsSilence(hearing: Hearing = {}): Promise<Segment> {
    return this.#until('silence', (frame) => frame.rms < silenceRms, 1, hearing, 500)
  }

  hearsAnything(hearing: Hearing = {}): Promise<Segment> {
    return this.#until('any sound', (frame) => frame.rms >= silenceRms, enough, hearing, 200)
  }

  /** Some sound and then silence of `forMs` (default 600): a prompt that has ended. */
  async hearsPromptEnd(hearing: Hearing = {}): Promise<Segment> {
    const startedAt = Date.now()
    const { withinMs = 15_000, forMs = 600 } = hearing
    const sound = await this.hearsAnything({ ...hearing, forMs: 120, withinMs })
    return this.hearsSilence({ forMs, withinMs: withinMs - (Date.now() - startedAt), sinceMs: sound.toMs })
  }

  /** Tones and silences since the start or since `sinceMs`, exact to a frame (40 ms). */
  tones(sinceMs = 0): Segment[] {
    return tonesOf(this.#since(sinceMs))
  }

  /** What was heard since the start or since `sinceMs`, as silence, tones, speech and music. */
  segments(sinceMs = 0): Segment[] {
    return segmentsOf(this.#since(sinceMs))
  }

  #since(sinceMs: number): Frame[] {
    return this.#reader.upToNow().filter((frame) => frame.atMs >= sinceMs)
  }

  #until(
    what: string,
    matches: (frame: Frame) => boolean,
    share: number,
    { forMs, withinMs = 5000, sinceMs = this.#recorder.elapsedMs }: Hearing,
    usualForMs: number,
  ): Promise<Segment> {
    const neededFrames = Math.ceil((forMs ?? usualForMs) / frameMs)
    const deadline = Date.now() + withinMs
    const window: boolean[] = []
    let next = Math.ceil(sinceMs / frameMs)
    const found = (): Segment | undefined => {
      const frames = this.#reader.upToNow()
      for (; next < frames.length; next++) {
        window.push(matches(frames[next]!))
        if (window.length > neededFrames) window.shift()
        if (window.length < neededFrames || window.filter(Boolean).length < share * neededFrames) continue
        const toMs = frames[next]!.atMs + frameMs
        next++
        return { what: 'sound', fromMs: toMs - neededFrames * frameMs, toMs }
      }
      return undefined
    }
    return new Promise((resolve, reject) => {
      const stop = onBeat(() => {
        const segment = found()
        const over = this.#recorder.isStopped
        if (!segment && !over && Date.now() < deadline) return
        stop()
        const limit = over ? 'before the call ended' : `within ${withinMs} ms`
        if (segment) resolve(segment)
        else
          reject(new Error(`did not hear ${what} for ${neededFrames * frameMs} ms ${limit}; ${this.#heard(sinceMs)}`))
      })
    })
  }

  #heard(sinceMs: number): string {
    const told = this.tones(sinceMs).map((s) => `${describeSegment(s)} ${s.toMs - s.fromMs} ms`)
    return `heard ${told.slice(0, 12).join(', ') || 'nothing'}${told.length > 12 ? ' …' : ''}`
  }
}
