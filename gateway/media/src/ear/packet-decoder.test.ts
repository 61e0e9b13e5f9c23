import { describe, expect, it } from 'vitest'
import { glitches } from '../../test-kit/continuity.ts'
import { sine, strength } from '../../test-kit/tones.ts'
import { codecs } from '../codec/register.ts'
import { SideBuffer } from '../recording/side-buffer.ts'
import type { RtpPacket } from '../rtp/packet.ts'

/** 200 packets of a tone; `timestamp` counts in the codec's clock. */
function talk(codec: (typeof codecs)[keyof typeof codecs]): RtpPacket[] {
  const encoder = codec.encoder()
  return Array.from({ length: 200 }, (_, n) => ({
    payloadType: codec.payloadType,
    marker: false,
    sequence: n,
    timestamp: (n * codec.clockRate) / 50,
    ssrc: 5,
    payload: encoder.encode(sine(440, 160, n * 160), 8_000),
  }))
}

/** What a recording made of them holds. */
function recorded(packets: readonly RtpPacket[], codec: (typeof codecs)[keyof typeof codecs]): Int16Array {
  const side = new SideBuffer(0)
  const samples = new Int16Array(200 * 160)
  let taken = 0
  for (const packet of packets) {
    const n = (packet.timestamp * 50) / codec.clockRate
    side.audio(packet, codec, n * 20 + 20)
    const settled = Math.max(0, n - 10) * 160
    if (settled <= taken) continue
    const part = new Int16Array((settled - taken) * 2)
    side.take(settled - taken, part, 0)
    samples.set(
      part.filter((_, i) => i % 2 === 0),
      taken,
    )
    taken = settled
  }
  return samples.subarray(1_600, taken)
}

describe('channel of a recording', () => {
  it.each(['PCMA', 'G722', 'opus'] as const)('[RC13] holds %s at its place, and what was lost replaced', (name) => {
    const codec = codecs[name]
    const whole = recorded(talk(codec), codec)
    expect(glitches(whole, 440, 10_000)).toEqual([])
    const lossy = recorded(
      talk(codec).filter((_, n) => n % 13 !== 5),
      codec,
    )
    expect(lossy).toHaveLength(whole.length)
    const pieces = Array.from({ length: lossy.length / 160 }, (_, i) => lossy.subarray(i * 160, i * 160 + 160))
    // An Opus decoder comes back over a frame or two.
    expect(Math.min(...pieces.map((piece) => strength(piece, 440)))).toBeGreaterThan(name === 'opus' ? 0.05 : 0.2)
  })

  it('[RC13] leaves a long hole silent, and lets what comes late in after all', () => {
    const codec = codecs.PCMA
    const hole = recorded(
      talk(codec).filter((_, n) => n < 50 || n >= 60),
      codec,
    )
    expect(strength(hole.subarray(41 * 160, 49 * 160), 440)).toBe(0)
    const packets = talk(codec)
    const late = packets.splice(50, 1)[0]!
    packets.splice(53, 0, late)
    expect(glitches(recorded(packets, codec), 440, 10_000)).toEqual([])
  })
})
