import { describe, expect, it } from 'vitest'
import { TalkMeter } from './talk-meter.ts'

const RATE = 8_000
type Stretch = [fromMs: number, toMs: number]

/** Syllables of 150 ms with 50 ms between them over some noise, as loud as a telephone voice: about -20 dB of full scale. */
function voice(lastsMs: number, talks: Stretch[], noise: number): Int16Array {
  return Int16Array.from({ length: (lastsMs * RATE) / 1_000 }, (_, i) => {
    const ms = (i * 1_000) / RATE
    const speaks = talks.some(([from, to]) => ms >= from && ms < to) && ms % 200 < 150
    const hiss = ((i * 7_919) % 2_001) / 1_000 - 1
    return (speaks ? 4_500 * Math.sin((2 * Math.PI * 180 * i) / RATE) : 0) + noise * hiss
  })
}

function measure(customer: Int16Array, agent: Int16Array, piece: number) {
  const meter = new TalkMeter()
  const stereo = new Int16Array(customer.length * 2)
  customer.forEach((sample, i) => {
    stereo[i * 2] = sample
    stereo[i * 2 + 1] = agent[i]!
  })
  for (let at = 0; at < stereo.length; at += piece * 2) meter.add(stereo.subarray(at, at + piece * 2))
  return meter.times
}

describe('talk times', () => {
  it.each([0, 30, 300])('[IN4] are right to half a second, over noise of amplitude %d', (noise) => {
    const customer = voice(
      30_000,
      [
        [2_000, 10_000],
        [20_000, 24_000],
      ],
      noise,
    )
    const agent = voice(30_000, [[9_000, 19_000]], noise)
    const { customerMs, agentMs, bothMs, neitherMs } = measure(customer, agent, 4_000)
    expect(Math.abs(customerMs - 12_000)).toBeLessThan(700)
    expect(Math.abs(agentMs - 10_000)).toBeLessThan(500)
    expect(Math.abs(bothMs - 1_000)).toBeLessThan(500)
    expect(Math.abs(neitherMs - 9_000)).toBeLessThan(1_000)
    expect(customerMs + agentMs - bothMs + neitherMs).toBe(30_000)
  })

  it('[IN4] do not depend on the pieces that the recording comes in', () => {
    const customer = voice(3_000, [[500, 2_000]], 20)
    const agent = voice(3_000, [[1_500, 2_500]], 20)
    expect(measure(customer, agent, 37)).toEqual(measure(customer, agent, 24_000))
  })
})
