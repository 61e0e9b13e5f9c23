import { describe, expect, it } from 'vitest'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { decoded, heardTone, loudFrames, sine, strength } from '../../test-kit/tones.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function start() {
  const media = await startMedia()
  const phone = await openPhone()
  const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return {
    ...media,
    phone,
    legId,
    async [Symbol.asyncDispose]() {
      await phone[Symbol.asyncDispose]()
      await media[Symbol.asyncDispose]()
    },
  }
}

describe('playback', () => {
  it('[PL1] plays files one after the other without a gap, to the sample', async () => {
    await using t = await start()
    const files = [await t.prompt('one', sine(440, 1_234)), await t.prompt('two', sine(440, 2_000, 1_234))]
    const ended = nextEvent(t.client, 'play.ended')
    const { playId, durationMs } = await t.client.call('leg.play', { legId: t.legId, files })
    expect(durationMs).toBe(Math.round(3_234 / 8))
    expect(await ended).toEqual({ legId: t.legId, playId, reason: 'finished' })
    await until(() => t.phone.listen(3).every((sample) => Math.abs(sample) < 10))
    const all = decoded(
      t.phone.audio.map((packet) => packet.payload),
      t.phone.codec,
    )
    const start0 = all.findIndex((sample) => Math.abs(sample) > 100)
    const played = all.subarray(start0, start0 + 3_232)
    const expected = sine(440, 3_234).subarray(1)
    const worst = played.reduce((most, sample, i) => Math.max(most, Math.abs(sample - expected[i]!)), 0)
    expect(worst).toBeLessThan(400)
    const loud = loudFrames(all)
    expect(loud.at(-1)! - loud[0]! + 1).toBe(loud.length)
  })

  it('[PL2] a key ends what is interruptible and nothing else', async () => {
    await using t = await start()
    const file = await t.prompt('long', sine(440, 80_000))
    await t.client.call('leg.play', { legId: t.legId, files: [file] })
    await until(() => heardTone(t.phone.listen(5), TONES) === 440)
    t.phone.key(4)
    await nextEvent(t.client, 'dtmf')
    const before = t.phone.audio.length
    await until(() => t.phone.audio.length > before + 10)
    expect(heardTone(t.phone.listen(5), TONES)).toBe(440)

    const ends: string[] = []
    t.client.on('play.ended', ({ reason }) => ends.push(reason))
    await t.client.call('leg.play', { legId: t.legId, files: [file], interruptible: true })
    t.phone.key(5)
    await until(() => ends.length === 2)
    expect(ends).toEqual(['stopped', 'barged'])
    const silentFrom = t.phone.audio.length + 2
    await until(() => t.phone.audio.length > silentFrom + 6)
    expect(heardTone(t.phone.listen(4), TONES)).toBeUndefined()
  })

  it('[PL3] loops without a gap until it is stopped, and fades out in a frame', async () => {
    await using t = await start()
    const file = await t.prompt('loop', sine(500, 1_600))
    await t.client.call('leg.play', { legId: t.legId, files: [file], loop: true })
    await until(() => t.phone.audio.length > 40)
    expect(loudFrames(t.phone.listen(30))).toHaveLength(30)
    const ended = nextEvent(t.client, 'play.ended')
    await t.client.call('leg.stop', { legId: t.legId })
    expect((await ended).reason).toBe('stopped')
  })

  it('[PL4] names the file that is missing, unreadable or out of bounds', async () => {
    await using t = await start()
    const play = (file: string) => t.client.call('leg.play', { legId: t.legId, files: ['beep', file] })
    await t.prompt('beep', sine(440, 800))
    await expect(play('zh/nothing')).rejects.toMatchObject({
      code: 'prompt_not_found',
      field: 'files.1',
      message: expect.stringContaining('zh/nothing'),
    })
    await expect(play('../../etc/passwd.wav')).rejects.toMatchObject({ code: 'path_refused' })
    await expect(play(import.meta.filename)).rejects.toMatchObject({ code: 'prompt_unreadable' })
  })

  it('[PL5] all legs hear the same moment of a music stream', async () => {
    await using t = await start()
    await using other = await openPhone('PCMA')
    const music = await t.prompt('music', sine(1_000, 8_000))
    const leg = await t.client.call('leg.create', { kind: 'rtp', offer: other.sdp() })
    await t.client.call('leg.music', { legId: t.legId, stream: music })
    await until(() => heardTone(t.phone.listen(5), TONES) === 1_000)
    await t.client.call('leg.music', { legId: leg.legId, stream: music })
    await until(() => heardTone(other.listen(5), TONES) === 1_000)
    const mine = new Set(t.phone.audio.slice(-25).map((packet) => packet.payload.toString('hex')))
    expect(other.audio.slice(-3).some((packet) => mine.has(packet.payload.toString('hex')))).toBe(true)
  })

  it('[PL6] plays tones with their cadence', async () => {
    await using t = await start()
    const tone = { frequencies: [700], onMs: 100, offMs: 100 }
    await t.client.call('leg.tone', { legId: t.legId, tone })
    await until(() => t.phone.audio.length > 60)
    const loud = loudFrames(t.phone.listen(40)).length
    expect(loud).toBeGreaterThanOrEqual(19)
    expect(loud).toBeLessThanOrEqual(21)
    expect(strength(t.phone.listen(40), 700)).toBeGreaterThan(0.05)
  })

  it('[PL7] a bridge ends what its legs play', async () => {
    await using t = await start()
    await using bob = await openPhone()
    const leg = await t.client.call('leg.create', { kind: 'rtp', offer: bob.sdp() })
    const file = await t.prompt('queue', sine(440, 80_000))
    await t.client.call('leg.play', { legId: t.legId, files: [file], loop: true })
    const ended = nextEvent(t.client, 'play.ended')
    await t.client.call('bridge.create', { legs: [t.legId, leg.legId] })
    expect((await ended).reason).toBe('stopped')
  })
})
