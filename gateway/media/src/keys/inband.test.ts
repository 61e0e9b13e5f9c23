import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { sine } from '../../test-kit/tones.ts'
import { pcma } from '../codec/g711.ts'
import { DTMF_KEYS } from '../rtp/dtmf.ts'
import { KeyTones } from '../sources/key-tones.ts'
import { InbandReceiver } from './inband-receiver.ts'
import { tonesOf } from './tone-pairs.ts'

/** The same every time: noise of a loudness (root mean square). */
function noise(level: number) {
  let state = 7
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) | 0
    return (state / 2_147_483_648) * level * Math.sqrt(3)
  }
}

function find(samples: Int16Array): { digit: string; durationMs: number }[] {
  const found: { digit: string; durationMs: number }[] = []
  const receiver = new InbandReceiver({
    pressed: () => {},
    released: (digit, durationMs) => found.push({ digit, durationMs }),
  })
  const payload = pcma.encoder().encode(samples, 8_000)
  receiver.hear(pcma.decoder(8_000).decode(payload))
  receiver.hear(new Int16Array(800))
  return found
}

/** Keys with tones of their own loudness, exactness and surroundings. */
function keys(digits: string, { onMs = 50, offMs = 50, low = 4_000, high = 4_000, off = 1, hum = 0 } = {}): Int16Array {
  const surround = noise(hum)
  return Int16Array.from(
    [...digits].flatMap((digit) => {
      const [a, b] = tonesOf(digit)
      const one = sine(a * off, onMs * 8, 0, low)
      const other = sine(b * off, onMs * 8, 0, high)
      const silence = Array.from({ length: offMs * 8 }, () => 0)
      return [...[...one].map((sample, i) => sample + other[i]!), ...silence]
    }),
    (sample) => Math.round(sample + surround()),
  )
}

describe('keys in the audio', () => {
  it.each([
    ['as they should be', {}],
    ['short', { onMs: 45, offMs: 40 }],
    ['soft', { low: 700, high: 700 }],
    ['with a weak high tone', { low: 6_000, high: 3_000 }],
    ['with a weak low tone', { low: 3_000, high: 4_500 }],
    ['1.5 % too high', { off: 1.015 }],
    ['1.5 % too low', { off: 0.985 }],
    ['in noise', { hum: 500 }],
  ])('[DT4] are found %s, each once', (_, shape) => {
    const found = find(keys(DTMF_KEYS, shape))
    expect(found.map(({ digit }) => digit).join('')).toBe(DTMF_KEYS)
  })

  it('[DT4] tells how long a key was held, to within two blocks', () => {
    const [key] = find(keys('5', { onMs: 400 }))
    expect(key!.durationMs).toBeGreaterThan(370)
    expect(key!.durationMs).toBeLessThan(430)
    expect(find(keys('55', { onMs: 60, offMs: 60 }))).toHaveLength(2)
  })

  it('[DT4] are not found in tones, noise, and voices', () => {
    const roar = noise(6_000)
    const call = (...hz: number[]) =>
      hz.map((f) => sine(f, 16_000, 0, 4_000)).reduce((sum, tone) => sum.map((sample, i) => sample + tone[i]!))
    const voice = Int16Array.from({ length: 80_000 }, (_, i) => {
      const pitch = 120 + 60 * Math.sin(i / 3_000)
      let sum = 0
      for (let n = 1; n < 25; n++) {
        const formant = 1 / (1 + ((n * pitch - 700 - 400 * Math.sin(i / 5_000)) / 200) ** 2)
        const second = 0.6 / (1 + ((n * pitch - 1_400 - 300 * Math.cos(i / 4_000)) / 250) ** 2)
        sum += (formant + second) * Math.sin((2 * Math.PI * n * pitch * i) / 8_000)
      }
      return Math.round(5_000 * sum)
    })
    const sounds = [
      Int16Array.from({ length: 80_000 }, () => Math.round(roar())),
      call(450),
      call(350, 440),
      call(440, 480),
      call(697),
      call(1_209),
      call(2_100),
      voice,
    ]
    for (const sound of sounds) expect(find(sound)).toEqual([])
  })

  it('[DT5] go both ways over a leg that may, while the other side names no events', async () => {
    await using media = await startMedia({ threads: 0 })
    await using phone = await openPhone()
    const offer = phone.sdp({ events: false })
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer, inbandKeys: true })
    phone.connect(sdp)
    const told: string[] = []
    media.client.on('dtmf', ({ digit }) => told.push(digit))
    const samples = keys('159#')
    for (let i = 0; i < samples.length; i += 160) phone.frame(samples.subarray(i, i + 160))
    await until(() => told.length === 4)
    expect(told.join('')).toBe('159#')
    const from = phone.audio.length
    const { durationMs } = await media.client.call('leg.dtmf', { legId, digits: '42', durationMs: 100 })
    expect(durationMs).toBe(new KeyTones('42', 100).durationMs)
    await until(() => phone.audio.length > from + 24)
    expect(find(phone.listen(phone.audio.length - from)).map(({ digit }) => digit)).toEqual(['4', '2'])
    // With events agreed on, the audio is not searched: no key counts twice.
    await media.client.call('leg.modify', { legId, offer: phone.sdp({ version: 2 }) })
    for (let i = 0; i < samples.length; i += 160) phone.frame(samples.subarray(i, i + 160))
    phone.key(3)
    await until(() => told.length > 4)
    expect(told.slice(4)).toEqual(['3'])
  })
})
