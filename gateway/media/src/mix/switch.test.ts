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
  readonly said: Buffer[] = []
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
    this.said.push(Buffer.from(payload))
    const header = { payloadType: 8, marker: false, sequence: n, timestamp: n * FRAME_SAMPLES, ssrc: this.#hz }
    this.#onward?.audio({ ...header, payload }, pcma, at)
  }
}

/** Legs in a mix, and the time that passes for them. */
function conversation() {
  const talkers = [new Talker('alice', 440), new Talker('bob', 700), new Talker('carol', 1_000)] as const
  const mix = new Mix('owner', true)
  let now = 0
  const run = (ticks: number) => {
    for (let i = 0; i < ticks; i++, now += 20) {
      mix.tick(now)
      for (const talker of talkers) talker.output.tick(now, now / 20)
      for (const [place, talker] of talkers.entries()) talker.say(now + 3 + place * 5)
    }
  }
  return { talkers, mix, run }
}

describe('mix', () => {
  it('[MX3] two who hear only each other are relayed packet by packet, also while a third listens', async () => {
    const {
      talkers: [alice, bob, carol],
      mix,
      run,
    } = conversation()
    await mix.add(alice, { is: 'talk' }, 'legs.0')
    await mix.add(bob, { is: 'talk' }, 'legs.1')
    run(50)
    const from = bob.sent.length
    await mix.add(carol, { is: 'listen' }, 'legId')
    run(50)
    // Mixed audio would have begun a new stretch, and come at a tick of ours.
    expect(bob.sent.slice(from).some(({ marker }) => marker)).toBe(false)
    const said = new Set(alice.said.map((payload) => payload.toString('hex')))
    expect(bob.sent.slice(from).every(({ payload }) => said.has(payload.toString('hex')))).toBe(true)
    const both = carol.sent.slice(-20).map(({ payload }) => decode(pcma, payload))
    expect(both.every((samples) => strength(samples, 440) > 0.15 && strength(samples, 700) > 0.15)).toBe(true)
  })

  it('[MX4] nobody misses more than 20 ms when a third joins and leaves', async () => {
    const {
      talkers: [alice, bob, carol],
      mix,
      run,
    } = conversation()
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
