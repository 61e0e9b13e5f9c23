import type { Party } from '../legs/party.ts'
import { SideBuffer } from './side-buffer.ts'

type Voice = { buffer: SideBuffer; leg: Party | null; takesLeft: number }

/** Takes after a leg left until nothing of it can be waiting any more. */
const TAKES_TO_DRAIN = 3

/** One channel of a recording: usually one leg, more of them in a conference, added together. */
export class RecordedSide {
  readonly #startAt: number
  #voices: Voice[] = []
  #taken = 0
  #pausedAt: number | undefined

  /** @param startAt the recording's first moment on the monotonic clock, in ms */
  constructor(startAt: number) {
    this.#startAt = startAt
  }

  has(leg: Party): boolean {
    return this.#voices.some((voice) => voice.leg === leg)
  }

  get empty(): boolean {
    return this.#voices.every((voice) => voice.leg === null)
  }

  /** Listens to a leg too. */
  add(leg: Party): void {
    if (this.has(leg)) return
    const buffer = new SideBuffer(this.#startAt, this.#taken)
    if (this.#pausedAt !== undefined) buffer.pause(this.#pausedAt)
    this.#voices.push({ buffer, leg, takesLeft: TAKES_TO_DRAIN })
    leg.listen(buffer)
  }

  /** Listens to a leg no more; what it said is kept. */
  remove(leg: Party): void {
    const voice = this.#voices.find((one) => one.leg === leg)
    if (!voice) return
    leg.unlisten(voice.buffer)
    voice.leg = null
  }

  /** Listens to nobody. */
  clear(): void {
    for (const { leg } of this.#voices) if (leg) this.remove(leg)
  }

  /** @param at monotonic clock in ms */
  pause(at: number): void {
    this.#pausedAt = at
    for (const { buffer } of this.#voices) buffer.pause(at)
  }

  resume(at: number): void {
    this.#pausedAt = undefined
    for (const { buffer } of this.#voices) buffer.resume(at)
  }

  /** Moves the next samples out into every second place of `into`, beginning at `channel`. */
  take(count: number, into: Int16Array, channel: 0 | 1): void {
    this.#taken += count
    for (const voice of this.#voices) {
      voice.buffer.take(count, into, channel)
      if (!voice.leg) voice.takesLeft--
    }
    if (this.#voices.some(({ takesLeft }) => takesLeft === 0)) {
      this.#voices = this.#voices.filter(({ takesLeft }) => takesLeft > 0)
    }
  }
}
