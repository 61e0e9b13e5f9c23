import type { G711 } from '../codec/g711.ts'
import { FRAME_SAMPLES } from '../codec/g711.ts'
import { TICK_MS } from '../engine.ts'
import type { AudioTap } from '../legs/leg-input.ts'
import type { EventData } from '../protocol/events.ts'
import type { RtpPacket } from '../rtp/packet.ts'

/** -60 dB of full scale: below what any microphone hands over. */
const QUIET = 32
/** A loud sample is found soon by looking at every so many. */
const STRIDE = 5

export type LegAlarm = EventData<'leg.alarm'>['alarm']
type Tell = (alarm: LegAlarm, active: boolean) => void

/**
 * Notices a side that can't be heard though it should be, and when it is heard again:
 *
 *   fine ─no packets for `afterMs`, though we send→ one_way ─packet→ fine
 *   fine ─nothing but digital silence for `afterMs`→ silent ─sound→ fine
 *
 * A muted leg, one on hold and one that saves its silence (RFC 3389) are not silent in this sense.
 */
export class SilenceWatch implements AudioTap {
  readonly #afterMs: number
  readonly #tell: Tell
  readonly #active = { one_way: false, silent: false }
  #quietMs = 0
  #missingTicks = 0

  /** @param afterMs 0: never tell */
  constructor(afterMs: number, tell: Tell) {
    this.#afterMs = afterMs
    this.#tell = tell
  }

  /** What the side sent. */
  audio(packet: RtpPacket, codec: G711): void {
    // Only what is a table tells without being decoded.
    if (!('toLinear' in codec)) return
    this.#quietMs = isQuiet(packet.payload, codec)
      ? this.#quietMs + (packet.payload.length * TICK_MS) / FRAME_SAMPLES
      : 0
    this.#set('silent', this.#quietMs >= this.#afterMs)
  }

  /** To be called every tick. @param missing whether a packet was due since the last one and none came */
  tick(missing: boolean): void {
    this.#missingTicks = missing ? this.#missingTicks + 1 : 0
    this.#set('one_way', this.#missingTicks * TICK_MS >= this.#afterMs)
  }

  #set(alarm: LegAlarm, active: boolean): void {
    if (this.#afterMs === 0 || this.#active[alarm] === active) return
    this.#active[alarm] = active
    this.#tell(alarm, active)
  }
}

function isQuiet(payload: Uint8Array, { toLinear }: G711): boolean {
  for (let from = 0; from < STRIDE; from++) {
    for (let i = from; i < payload.length; i += STRIDE) if (Math.abs(toLinear[payload[i]!]!) > QUIET) return false
  }
  return true
}
