import { FRAME_SAMPLES } from '../codec/g711.ts'
import { TICK_MS } from '../engine.ts'
import { DTMF_KEYS, writeTelephoneEvent } from './dtmf.ts'

/** RFC 4733 2.5.1.4: the last packet of an event is sent three times. */
const END_PACKETS = 3
/** Silence between two keys. */
const GAP_TICKS = 4
/** Loudness in -dBm0. */
const VOLUME = 10

type Key = { event: number; frames: number; sent: number }

/** What to send in one tick: a packet of an event, or the silence between two. */
export type DtmfStep = { payload: Buffer; first: boolean } | 'gap' | undefined

/** Plays keys as RFC 4733 events, one packet a tick. */
export class DtmfSender {
  readonly #queue: Key[] = []
  #gap = 0

  get busy(): boolean {
    return this.#queue.length > 0 || this.#gap > 0
  }

  /** Queues keys. Returns how long it takes until all queued are out, in ms. */
  send(digits: string, durationMs: number): number {
    const frames = Math.max(1, Math.round(durationMs / TICK_MS))
    for (const digit of digits.toUpperCase()) this.#queue.push({ event: DTMF_KEYS.indexOf(digit), frames, sent: 0 })
    return this.#queue.reduce((sum, key) => sum + (key.frames + END_PACKETS - 1 + GAP_TICKS) * TICK_MS, 0)
  }

  next(): DtmfStep {
    if (this.#gap > 0) {
      this.#gap--
      return 'gap'
    }
    const key = this.#queue[0]
    if (!key) return undefined
    key.sent++
    const end = key.sent >= key.frames
    const duration = Math.min(0xffff, Math.min(key.sent, key.frames) * FRAME_SAMPLES)
    if (key.sent === key.frames + END_PACKETS - 1) {
      this.#queue.shift()
      this.#gap = GAP_TICKS
    }
    return { payload: writeTelephoneEvent({ event: key.event, end, volume: VOLUME, duration }), first: key.sent === 1 }
  }
}
