import type { Codec } from '../codec/codec.ts'
import { SAMPLE_RATE } from '../codec/g711.ts'
import { PacketDecoder } from '../ear/packet-decoder.ts'
import type { AudioTap } from '../legs/leg-input.ts'
import type { RtpPacket } from '../rtp/packet.ts'
import { HIGH_HZ, keyAt, LOW_HZ } from './tone-pairs.ts'

/** 12.75 ms: three of them lie within the shortest key of ITU-T Q.24. */
const BLOCK = 102
const BLOCK_MS = (BLOCK * 1_000) / SAMPLE_RATE
/** Blocks that must agree before a key counts, and that must be without it before it is over. */
const CONFIRMED = 2
const OVER = 2
/** Mean square a sample below which nothing is a key: -36 dBm0. */
const FAINT = 300 ** 2
/** How much stronger each tone is than the others of its group. */
const CLEAR = 6
/** The high group may be so much weaker or stronger (8 and 4 dB, Q.24 with what trunks do to it). */
const WEAKEST_HIGH = 0.15
const STRONGEST_HIGH = 4
/** Share of the whole energy that the two tones have; speech has less. */
const PURE = 0.75

type Key = { digit: string; blocks: number; absent: number }
type Listener = { pressed(): void; released(digit: string, durationMs: number): void }

/** Finds keys in the audio itself, for callers whose side sends no RFC 4733 events. */
export class InbandReceiver implements AudioTap {
  readonly #listener: Listener
  readonly #decoder = new PacketDecoder()
  readonly #block = new Float64Array(BLOCK)
  #filled = 0
  #candidate: string | undefined
  #agreeing = 0
  #key: Key | undefined

  constructor(listener: Listener) {
    this.#listener = listener
  }

  audio(packet: RtpPacket, codec: Codec): void {
    const said = this.#decoder.decode(packet, codec)
    if (said?.before) this.hear(said.before)
    if (said) this.hear(said.samples)
  }

  /** @param samples in telephone band, in their order */
  hear(samples: Int16Array): void {
    for (const sample of samples) {
      this.#block[this.#filled++] = sample
      if (this.#filled < BLOCK) continue
      this.#filled = 0
      this.#judge(keyIn(this.#block))
    }
  }

  #judge(digit: string | undefined): void {
    if (this.#key) this.#follow(this.#key, digit)
    this.#agreeing = digit !== undefined && digit === this.#candidate ? this.#agreeing + 1 : 1
    this.#candidate = digit
    if (this.#key || digit === undefined || this.#agreeing < CONFIRMED) return
    this.#key = { digit, blocks: CONFIRMED, absent: 0 }
    this.#listener.pressed()
  }

  #follow(key: Key, digit: string | undefined): void {
    if (digit === key.digit) {
      key.blocks += 1 + key.absent
      key.absent = 0
      return
    }
    if (++key.absent < OVER) return
    this.#key = undefined
    this.#listener.released(key.digit, Math.round(key.blocks * BLOCK_MS))
  }
}

/** The key whose two tones a block is made of. */
function keyIn(block: Float64Array): string | undefined {
  const energy = block.reduce((sum, sample) => sum + sample * sample, 0)
  if (energy < FAINT * BLOCK) return undefined
  const low = strongest(block, LOW_HZ)
  const high = strongest(block, HIGH_HZ)
  if (!low || !high || high.power < low.power * WEAKEST_HIGH || high.power > low.power * STRONGEST_HIGH) {
    return undefined
  }
  // A tone of amplitude a has the energy a² · n / 2 and the Goertzel power (a · n / 2)².
  const ofTones = ((low.power + high.power) * 2) / BLOCK
  return ofTones >= PURE * energy ? keyAt(low.place, high.place) : undefined
}

/** The strongest of a group, when it is clearly stronger than the others. */
function strongest(block: Float64Array, group: readonly number[]): { place: number; power: number } | undefined {
  const powers = group.map((hz) => goertzel(block, hz))
  const power = Math.max(...powers)
  const place = powers.indexOf(power)
  return powers.every((other, i) => i === place || other * CLEAR < power) ? { place, power } : undefined
}

function goertzel(block: Float64Array, hz: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * hz) / SAMPLE_RATE)
  let before = 0
  let last = 0
  for (let i = 0; i < block.length; i++) {
    const next = block[i]! + coefficient * last - before
    before = last
    last = next
  }
  return last * last + before * before - coefficient * last * before
}
