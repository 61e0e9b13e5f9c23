import { sampleRate } from './sources.ts'

/** What was heard, laid on a timeline of the wall clock: a pause in which nothing arrived is as long in it as it was.
 *  Within one stream the RTP timestamps place the samples; the clock places the stream, and places it anew when
 *  its timestamps jump by more than `resyncMs`. */
export class Recorder {
  readonly startedAt: number
  #pcm = new Int16Array(sampleRate * 30)
  #end = 0
  #stoppedAt: number | undefined
  #offsets = new Map<number, number>()

  static readonly resyncMs = 250

  constructor(startedAt = Date.now()) {
    this.startedAt = startedAt
  }

  /** Milliseconds since the recorder started, standing still once it has stopped. */
  get elapsedMs(): number {
    return (this.#stoppedAt ?? Date.now()) - this.startedAt
  }

  get isStopped(): boolean {
    return this.#stoppedAt !== undefined
  }

  stop(): void {
    this.#stoppedAt ??= Date.now()
  }

  write(samples: Int16Array, stream: { ssrc: number; timestamp: number }, arrivedAt = Date.now()): void {
    const arrived = Math.round(((arrivedAt - this.startedAt) * sampleRate) / 1000)
    const offset = this.#offsets.get(stream.ssrc)
    let position = offset === undefined ? arrived : (stream.timestamp + offset) | 0
    if (offset === undefined || Math.abs(position - arrived) > (Recorder.resyncMs * sampleRate) / 1000) {
      position = Math.max(arrived, 0)
      this.#offsets.set(stream.ssrc, (position - stream.timestamp) | 0)
    }
    if (position < 0) return
    this.#reserve(position + samples.length)
    this.#pcm.set(samples, position)
    this.#end = Math.max(this.#end, position + samples.length)
  }

  /** Samples between two instants of the timeline, silence where nothing was heard. */
  read(fromMs: number, toMs: number): Int16Array {
    const from = Math.round((fromMs * sampleRate) / 1000)
    const samples = new Int16Array(Math.max(0, Math.round((toMs * sampleRate) / 1000) - from))
    samples.set(this.#pcm.subarray(from, Math.min(from + samples.length, this.#end)))
    return samples
  }

  /** Everything from the start until the last sample heard. */
  all(): Int16Array {
    return this.#pcm.slice(0, this.#end)
  }

  #reserve(length: number): void {
    if (length <= this.#pcm.length) return
    const grown = new Int16Array(Math.max(length, this.#pcm.length * 2))
    grown.set(this.#pcm)
    this.#pcm = grown
  }
}
