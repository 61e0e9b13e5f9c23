import type { Recorder } from './recorder.ts'
import { rms, silenceRms, strongestTone } from './tone-detector.ts'

/** 40 ms of what was heard. `frequency` and `share` tell its strongest tone; both are 0 in silence. */
export type Frame = { atMs: number; rms: number; frequency: number; share: number }

export const frameMs = 40
/** What is younger may still be on its way. */
const settleMs = 60

/** Looks at each frame of a recording once. */
export class FrameReader {
  readonly frames: Frame[] = []
  #recorder: Recorder

  constructor(recorder: Recorder) {
    this.#recorder = recorder
  }

  /** All frames until now. */
  upToNow(): readonly Frame[] {
    const settled = this.#recorder.elapsedMs - settleMs
    for (let atMs = this.frames.length * frameMs; atMs + frameMs <= settled; atMs += frameMs)
      this.frames.push(frameOf(this.#recorder.read(atMs, atMs + frameMs), atMs))
    return this.frames
  }
}

export function frameOf(samples: Int16Array, atMs: number): Frame {
  const loudness = rms(samples)
  if (loudness < silenceRms) return { atMs, rms: loudness, frequency: 0, share: 0 }
  return { atMs, rms: loudness, ...strongestTone(samples) }
}
