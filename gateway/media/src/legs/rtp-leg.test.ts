import { describe, expect, it } from 'vitest'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, sine } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return legId
}

/** Two phones bridged, both sending a tone: alice 440 Hz, bob 1000 Hz. */
async function conversation(client: MediaClient, alice: RtpPhone, bob: RtpPhone) {
  const legs = { alice: await call(client, alice), bob: await call(client, bob) }
  await client.call('bridge.create', { legs: [legs.alice, legs.bob] })
  alice.tone(440)
  bob.tone(1_000)
  await until(() => heardTone(bob.listen(), TONES) === 440 && heardTone(alice.listen(), TONES) === 1_000)
  return legs
}

describe('RTP leg', () => {
  it('[RL1] tells when the first packet comes, and when none comes any more', async () => {
    await using media = await startMedia({ rtpTimeoutMs: 200 })
    await using phone = await openPhone()
    const connected = nextEvent(media.client, 'leg.connected')
    const legId = await call(media.client, phone)
    phone.tone(440)
    expect(await connected).toEqual({ legId })
    const lost = nextEvent(media.client, 'leg.lost')
    phone.quiet()
    expect(await lost).toEqual({ legId, reason: 'rtp_timeout' })
  })

  it('[RL2] sends silence from the start, so that the way back is open', async () => {
    await using media = await startMedia()
    await using phone = await openPhone('PCMU')
    await call(media.client, phone)
    await until(() => phone.audio.length >= 10)
    expect(phone.audio[0]!.marker).toBe(true)
    expect(phone.listen().every((sample) => sample === 0)).toBe(true)
    const [first, last] = [phone.audio[0]!, phone.audio[9]!]
    expect((last.sequence - first.sequence) & 0xffff).toBe(9)
    expect((last.timestamp - first.timestamp) >>> 0).toBe(9 * 160)
  })

  it('[RL3] offers, and speaks with who answers; telephone-event goes by the number each side named', async () => {
    await using media = await startMedia()
    await using phone = await openPhone('PCMU')
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp' })
    expect(sdp).toMatch(/^m=audio \d+ RTP\/AVP 8 0 9 111 101 110\r$/m)
    phone.connect(sdp)
    await media.client.call('leg.accept', { legId, answer: phone.sdp().replaceAll(/\b101\b/g, '96') })
    await media.client.call('leg.dtmf', { legId, digits: '5' })
    await until(() => phone.heard.some((packet) => packet.payloadType === 96))
    const key = nextEvent(media.client, 'dtmf')
    phone.key(7)
    expect(await key).toMatchObject({ digit: '7' })
    expect((await media.client.call('leg.stats', { legId })).codec).toBe('PCMU')
  })

  it('[RL4] hears nobody but the source that spoke first', async () => {
    await using media = await startMedia()
    await using alice = await openPhone()
    await using bob = await openPhone()
    await using stranger = await openPhone()
    const legs = await conversation(media.client, alice, bob)
    alice.quiet()
    alice.tone(440)
    const { sdp } = await media.client.call('leg.modify', { legId: legs.alice, offer: alice.sdp() })
    stranger.connect(sdp)
    stranger.tone(1_400)
    const before = bob.audio.length
    await until(() => bob.audio.length > before + 50)
    expect(heardTone(bob.listen(40), TONES)).toBe(440)
    const stats = await media.client.call('leg.stats', { legId: legs.alice })
    expect(stats.packetsRefused).toBeGreaterThan(10)
    expect(stats.remoteAddress).toBe(`127.0.0.1:${alice.port}`)
    expect(stranger.heard).toEqual([])
  })

  it('[RL5] follows to another source when the old one has been silent', async () => {
    await using media = await startMedia({ latchSilenceMs: 200 })
    await using alice = await openPhone()
    await using bob = await openPhone()
    await using moved = await openPhone()
    const legs = await conversation(media.client, alice, bob)
    const { sdp } = await media.client.call('leg.modify', { legId: legs.alice, offer: alice.sdp() })
    alice.quiet()
    moved.connect(sdp)
    moved.tone(700)
    await until(() => heardTone(bob.listen(), TONES) === 700 && heardTone(moved.listen(), TONES) === 1_000)
  })

  it('[RL6] moves with a re-INVITE to another address and codec without a gap for the other side', async () => {
    await using media = await startMedia()
    await using alice = await openPhone('PCMA')
    await using bob = await openPhone('PCMA')
    await using elsewhere = await openPhone('PCMU')
    const legs = await conversation(media.client, alice, bob)
    const { sdp } = await media.client.call('leg.modify', { legId: legs.alice, offer: elsewhere.sdp({ version: 2 }) })
    expect(sdp).toMatch(/^m=audio \d+ RTP\/AVP 0 101\r$/m)
    expect(sdp).toMatch(/^o=- \d+ 2 /m)
    await until(() => heardTone(elsewhere.listen(), TONES) === 1_000)
    elsewhere.connect(sdp)
    alice.quiet()
    elsewhere.tone(700)
    await until(() => heardTone(bob.listen(), TONES) === 700)
    const gaps = bob.audio.slice(1).map((packet, i) => (packet.timestamp - bob.audio[i]!.timestamp) >>> 0)
    expect(Math.max(...gaps)).toBeLessThan(200 * 8)
    expect(new Set(bob.audio.map((packet) => packet.ssrc)).size).toBe(1)
    expect(new Set(bob.audio.map((packet) => packet.sequence)).size).toBe(bob.audio.length)
  })

  it.each([
    ['sendonly', '127.0.0.1', 'recvonly'],
    ['inactive', '127.0.0.1', 'inactive'],
    ['recvonly', '127.0.0.1', 'sendonly'],
    ['sendrecv', '0.0.0.0', 'recvonly'],
  ] as const)('[RL7] answers %s at %s with %s, and sends only when it may', async (direction, address, answered) => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const legId = await call(media.client, phone)
    await until(() => phone.audio.length > 3)
    const { sdp } = await media.client.call('leg.modify', {
      legId,
      offer: phone.sdp({ direction, address, version: 2 }),
    })
    expect(sdp).toContain(`a=${answered}\r\n`)
    const sent = async () => (await media.client.call('leg.stats', { legId })).packetsSent
    const before = await sent()
    const startAt = Date.now()
    await until(() => Date.now() - startAt > 150)
    if (answered === 'sendonly') expect(await sent()).toBeGreaterThan(before)
    else expect(await sent()).toBe(before)
    const back = await media.client.call('leg.modify', { legId, offer: phone.sdp({ version: 3 }) })
    expect(back.sdp).toContain('a=sendrecv\r\n')
    await until(async () => (await sent()) > before)
  })

  it('[RL8] puts the other side on hold by an offer of ours, which it may answer late', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const legId = await call(media.client, phone)
    const { sdp } = await media.client.call('leg.modify', { legId, hold: true })
    expect(sdp).toContain('a=sendonly\r\n')
    await media.client.call('leg.accept', { legId, answer: phone.sdp({ direction: 'recvonly', version: 2 }) })
    const key = nextEvent(media.client, 'dtmf')
    phone.key(1)
    expect((await key).digit).toBe('1')
    await expect(
      media.client.call('leg.modify', { legId, offer: 'v=0\r\no=x 1 1 IN IP4 1.2.3.4\r\nm=audio x' }),
    ).rejects.toMatchObject({ code: 'invalid_sdp', field: 'offer' })
  })

  it('[RL9] refuses only unknown codecs, and a second media stream by its port', async () => {
    await using media = await startMedia()
    await using phone = await openPhone('PCMU')
    const g729 = phone.sdp({ events: false }).replace('AVP 0', 'AVP 18').replace('0 PCMU', '18 G729')
    await expect(media.client.call('leg.create', { kind: 'rtp', offer: g729 })).rejects.toMatchObject({
      code: 'no_common_codec',
      field: 'offer',
    })
    const video = `${phone.sdp()}m=video 4000 RTP/AVP 96\r\na=rtpmap:96 VP8/90000\r\n`
    const { sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: video })
    expect(sdp).toMatch(/^m=video 0 RTP\/AVP 96\r$/m)
    expect((await media.client.call('server.stats', {})).portsInUse).toBe(1)
  })

  it('[DT1] tells each key once, with its duration, though packets repeat, vanish and swap', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const legId = await call(media.client, phone)
    const keys: unknown[] = []
    media.client.on('dtmf', (key) => keys.push(key))
    const event = (digit: number, end: boolean, duration: number, timestamp: number) =>
      phone.send({
        payload: Buffer.from([digit, end ? 0x8a : 0x0a, duration >> 8, duration & 0xff]),
        payloadType: 101,
        marker: false,
        timestamp,
      })
    phone.frame(sine(440, 160))
    for (const duration of [160, 480, 320, 800]) event(1, false, duration, 10_000)
    for (let i = 0; i < 3; i++) event(1, true, 800, 10_000)
    event(1, false, 640, 10_000) // a straggler
    event(2, false, 320, 20_000) // its end never comes
    event(3, true, 640, 30_000) // only an end came
    event(3, true, 640, 30_000)
    event(15, false, 1_600, 40_000) // released by silence
    await until(() => keys.length === 4)
    expect(keys).toEqual([
      { legId, digit: '1', durationMs: 100 },
      { legId, digit: '2', durationMs: 40 },
      { legId, digit: '3', durationMs: 80 },
      { legId, digit: 'D', durationMs: 200 },
    ])
  })

  it('[DT2] sends keys as RFC 4733 says: fixed timestamp, growing duration, end three times, silence between', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const legId = await call(media.client, phone)
    await until(() => phone.audio.length > 3)
    const { durationMs } = await media.client.call('leg.dtmf', { legId, digits: '1#d', durationMs: 100 })
    expect(durationMs).toBe(3 * (100 + 40 + 80))
    await until(() => phone.keys.length === 3 * 7)
    for (const [i, event] of [1, 11, 15].entries()) {
      const packets = phone.keys.slice(i * 7, i * 7 + 7)
      expect(new Set(packets.map((packet) => packet.timestamp)).size).toBe(1)
      expect(packets.map((packet) => packet.marker)).toEqual([true, ...Array(6).fill(false)])
      expect(packets.map((packet) => packet.payload[0])).toEqual(Array(7).fill(event))
      expect(packets.map((packet) => packet.payload.readUInt16BE(2))).toEqual([160, 320, 480, 640, 800, 800, 800])
      expect(packets.map((packet) => packet.payload[1]! >> 7)).toEqual([0, 0, 0, 0, 1, 1, 1])
    }
    await until(() => phone.heard.at(-1)!.payloadType === 8)
    const numbers = phone.heard.map((packet) => packet.sequence)
    expect(numbers.every((n, i) => i === 0 || ((n - numbers[i - 1]!) & 0xffff) === 1)).toBe(true)
  })

  it('[DT3] says so when the other side takes no keys', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const { legId } = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp({ events: false }) })
    await expect(media.client.call('leg.dtmf', { legId, digits: '1' })).rejects.toMatchObject({
      code: 'no_telephone_event',
    })
  })

  it('[RL10] mutes: the other side hears silence, and audio again after', async () => {
    await using media = await startMedia()
    await using alice = await openPhone()
    await using bob = await openPhone()
    const legs = await conversation(media.client, alice, bob)
    await media.client.call('leg.mute', { legId: legs.alice, muted: true })
    const before = bob.audio.length
    await until(() => bob.audio.length > before + 15)
    expect(heardTone(bob.listen(10), TONES)).toBeUndefined()
    await media.client.call('leg.mute', { legId: legs.alice, muted: false })
    await until(() => heardTone(bob.listen(), TONES) === 440)
  })

  it('[RL11] reports levels and figures', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp(), levels: true })
    phone.connect(sdp)
    phone.tone(440)
    const level = await nextEvent(media.client, 'leg.level', (data) => data.in > 0.1)
    expect(level).toMatchObject({ legId, out: expect.closeTo(0, 2) })
    expect(level.in).toBeCloseTo(10_000 / 32_768 / Math.SQRT2, 1)
    const stats = await media.client.call('leg.stats', { legId })
    expect(stats).toMatchObject({ kind: 'rtp', state: 'connected', codec: 'PCMA', packetsLost: 0 })
    expect(stats.mos).toBeGreaterThan(4)
    expect(stats.lastPacketAt).toBeGreaterThan(Date.now() - 1_000)
  })
})
