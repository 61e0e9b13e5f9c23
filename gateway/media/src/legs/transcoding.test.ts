import { describe, expect, it } from 'vitest'
import { BrowserPeer } from '../../test-kit/browser-peer.ts'
import { BadNetwork } from '../../test-kit/impairment.ts'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, sine, strength } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'
import type { CodecName } from '../codec/names.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone, extra: string[] = []): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp({ extra }) })
  phone.connect(sdp)
  return legId
}

describe('two sides of different codecs', () => {
  it.each([
    ['PCMA', 'G722'],
    ['PCMU', 'opus'],
    ['G722', 'opus'],
  ] as const)('[BR1] %s and %s hear each other through a bad network, and their keys', async (one, other) => {
    await using media = await startMedia({ threads: 0 })
    await using alice = await openPhone(one)
    await using bob = await openPhone(other)
    alice.network = new BadNetwork({ loss: 0.05, jitterMs: 15, reordered: 0.03, duplicated: 0.03 })
    const legs: [string, string] = [await call(media.client, alice), await call(media.client, bob)]
    await media.client.call('bridge.create', { legs })
    alice.tone(440)
    bob.tone(1_000)
    await until(() => heardTone(bob.listen(), TONES) === 440 && heardTone(alice.listen(), TONES) === 1_000)
    const from = bob.audio.length
    await until(() => bob.audio.length > from + 60)
    // What was lost on the way to us is not missing on the way out: one whole stream, tone in every piece of it.
    const packets = bob.audio.slice(from)
    const steps = packets.slice(1).map((packet, i) => (packet.sequence - packets[i]!.sequence) & 0xffff)
    expect(new Set(steps)).toEqual(new Set([1]))
    alice.network = undefined
    alice.quiet()
    const { clockRate } = bob.codec
    alice.key(9)
    const ends = () => bob.keys.filter(({ payload }) => payload[1]! & 0x80)
    await until(() => ends().length >= 3)
    expect(ends()[0]!.payload.readUInt16BE(2)).toBe((clockRate * 100) / 1_000)
    expect(new Set(bob.keys.map(({ timestamp }) => timestamp)).size).toBe(1)
  })

  it('[ST2] two of one codec are relayed untouched, whatever it is', async () => {
    await using media = await startMedia({ threads: 0 })
    for (const codec of ['PCMA', 'G722', 'opus'] satisfies CodecName[]) {
      await using alice = await openPhone(codec)
      await using bob = await openPhone(codec)
      const legs: [string, string] = [await call(media.client, alice), await call(media.client, bob)]
      await media.client.call('bridge.create', { legs })
      const payloads = Array.from({ length: 5 }, (_, n) => Buffer.from([0x78, n, 1, 2, 3]))
      const { payloadType } = alice.codec
      for (const [n, payload] of payloads.entries()) {
        alice.send({ payload, payloadType, marker: false, timestamp: n * 960 })
      }
      const came = () => payloads.filter((payload) => bob.audio.some((packet) => packet.payload.equals(payload)))
      await until(() => came().length === payloads.length)
    }
  })

  it.each([
    ['PCMA', 10, 10],
    ['PCMU', 30, 30],
    ['G722', 60, 60],
    ['opus', 50, 40],
    ['opus', 60, 60],
  ] as const)('[RL12] sends %s in packets of %i ms where that is asked for', async (codec, asked, sent) => {
    await using media = await startMedia({ threads: 0 })
    await using phone = await openPhone(codec)
    const legId = await call(media.client, phone, [`a=ptime:${asked}`])
    const prompt = await media.prompt('tone', sine(700, 8_000))
    await media.client.call('leg.play', { legId, files: [prompt], loop: true })
    await until(() => phone.audio.length > 6 && heardTone(phone.listen(6), TONES) === 700)
    const units = (phone.codec.clockRate * sent) / 1_000
    const last = phone.audio.slice(-4)
    for (const [i, packet] of last.entries()) {
      expect(phone.codec.units(packet.payload)).toBe(units)
      if (i > 0) expect((packet.timestamp - last[i - 1]!.timestamp) >>> 0).toBe(units)
    }
  })

  it('[RL13] fills the pauses of a phone that sends comfort noise with noise as loud', async () => {
    await using media = await startMedia({ threads: 0 })
    await using alice = await openPhone()
    await using bob = await openPhone()
    const offer = alice.sdp().replace('AVP 8 101', 'AVP 8 13 101')
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer })
    expect(sdp).toMatch(/^m=audio \d+ RTP\/AVP 8 13 101\r$/m)
    alice.connect(sdp)
    await media.client.call('bridge.create', { legs: [legId, await call(media.client, bob)] })
    for (let i = 0; i < 5; i++) alice.frame(sine(440, 160, i * 160))
    alice.send({ payload: Buffer.from([30]), payloadType: 13, marker: false, timestamp: 170_000 })
    const loudness = () => {
      const samples = bob.listen(5)
      return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    }
    const expected = 32_768 * 10 ** (-30 / 20)
    await until(() => Math.abs(loudness() - expected) < 0.15 * expected && strength(bob.listen(5), 440) < 0.02)
  })

  it('[WL6] a browser speaks Opus when that is wanted most, and keys go by its clock', async () => {
    await using media = await startMedia({ threads: 0, codecs: ['opus', 'PCMA'] })
    await using peer = new BrowserPeer('opus')
    await using phone = await openPhone('PCMA')
    const connected = nextEvent(media.client, 'leg.connected')
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    expect(sdp).toMatch(/^m=audio \d+ UDP\/TLS\/RTP\/SAVPF 111 126\r$/m)
    expect(sdp).toMatch(/^a=rtpmap:111 opus\/48000\/2\r$/m)
    peer.accept(sdp)
    await connected
    await media.client.call('bridge.create', { legs: [legId, await call(media.client, phone)] })
    peer.tone(1_000)
    phone.tone(440)
    await until(() => heardTone(peer.listen(), TONES) === 440 && heardTone(phone.listen(), TONES) === 1_000)
  })
})
