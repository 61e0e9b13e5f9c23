import { describe, expect, it } from 'vitest'
import { sine, strength } from '../../test-kit/tones.ts'
import { decode, FRAME_SAMPLES, pcma } from '../codec/g711.ts'
import type { Onward } from '../legs/leg-input.ts'
import { LegOutput } from '../legs/leg-output.ts'
import type { Party } from '../legs/party.ts'
import { parseRtp, type RtpPacket } from '../rtp/packet.ts'
import { Mix } from './mix.ts'

/** A leg without a network, in a time of our own: sends a tone, keeps what its output would send. */
class Talker implements Party {
  readonly id: string
  readonly closed = false
  readonly sent: RtpPacket[] = []
  readonly output = new LegOutput((data) => this.sent.push(parseRtp(data)!), true)
  readonly #hz: number
  #onward: Onward | undefined
  #count = 0

  constructor(id: string, hz: number) {
    this.id = id
    this.#hz = hz
    this.output.setFormat({ codec: 'PCMA', payloadType: 8, packetMs: 20, telephoneEvent: undefined })
  }

  join(onward: Onward): void {
    this.#onward = onward
    this.output.bridged = true
  }

  part(): void {
    this.#onward = undefined
    this.output.bridged = false
  }

  relay(...given: Parameters<LegOutput['relay']>): void {
    this.output.relay(...given)
  }

  relayKey(): void {}
  listen(): void {}
  unlisten(): void {}

  say(at: number): void {
    const n = this.#count++
    const payload = pcma.encoder().encode(sine(this.#hz, FRAME_SAMPLES, n * FRAME_SAMPLES), 8_000)
    const header = { payloadType: 8, marker: false, sequence: n, timestamp: n * FRAME_SAMPLES, ssrc: this.#hz }
    this.#onward?.audio({ ...header, payload }, pcma, at)
  }
}

describe('mix', () => {
  it('[MX4] nobody misses more than 20 ms when a third joins and leaves', async () => {
    const [alice, bob, carol] = [new Talker('alice', 440), new Talker('bob', 700), new Talker('carol', 1_000)]
    const mix = new Mix('owner', true)
    let now = 0
    const run = (ticks: number) => {
      for (let i = 0; i < ticks; i++, now += 20) {
        mix.tick(now)
        for (const talker of [alice, bob, carol]) talker.output.tick(now, now / 20)
        for (const [place, talker] of [alice, bob, carol].entries()) talker.say(now + 3 + place * 5)
      }
    }
    await mix.add(alice, { is: 'talk' }, 'legs.0')
    await mix.add(bob, { is: 'talk' }, 'legs.1')
    run(50)
    const from = bob.sent.length - 10
    await mix.add(carol, { is: 'talk' }, 'legId')
    run(50)
    await mix.remove('carol')
    run(50)
    const packets = bob.sent.slice(from)
    const steps = packets.slice(1).map((packet, i) => packet.timestamp - packets[i]!.timestamp)
    expect(Math.max(...steps)).toBeLessThanOrEqual(2 * FRAME_SAMPLES)
    const weak = packets.filter(({ payload }) => strength(decode(pcma, payload), 440) < 0.15)
    expect(weak.length).toBeLessThanOrEqual(1)
    const both = packets.filter(({ payload }) => strength(decode(pcma, payload), 1_000) > 0.15)
    expect(both.length).toBeGreaterThan(45)
  })
})
