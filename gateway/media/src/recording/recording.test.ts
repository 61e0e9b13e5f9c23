import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, sine } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'
import { parseWav } from '../codec/wav.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return legId
}

async function channels(path: string): Promise<{ left: Int16Array; right: Int16Array }> {
  const wav = parseWav(await readFile(path))
  expect(wav).toMatchObject({ channels: 2, sampleRate: 8_000 })
  return {
    left: wav.samples.filter((_, i) => i % 2 === 0),
    right: wav.samples.filter((_, i) => i % 2 === 1),
  }
}

async function start() {
  const media = await startMedia()
  const customer = await openPhone('PCMA')
  const agent = await openPhone('PCMU')
  const legs = { customer: await call(media.client, customer), agent: await call(media.client, agent) }
  return {
    ...media,
    customer,
    agent,
    legs,
    async [Symbol.asyncDispose]() {
      await customer[Symbol.asyncDispose]()
      await agent[Symbol.asyncDispose]()
      await media[Symbol.asyncDispose]()
    },
  }
}

function wait(ms: number): Promise<void> {
  const startAt = performance.now()
  return until(() => performance.now() - startAt >= ms)
}

describe('recording', () => {
  it('[RC1] holds the customer left and the agent right, on the wall clock', async () => {
    await using t = await start()
    const { bridgeId } = await t.client.call('bridge.create', { legs: [t.legs.customer, t.legs.agent] })
    t.customer.tone(440)
    t.agent.tone(1_000)
    const { recordingId } = await t.client.call('recording.start', { bridgeId, path: 'a/b/call.wav' })
    const startedAt = performance.now()
    await wait(1_500)
    const lasted = performance.now() - startedAt
    const result = await t.client.call('recording.stop', { recordingId })
    const { left, right } = await channels(result.path)
    expect(heardTone(left, TONES)).toBe(440)
    expect(heardTone(right, TONES)).toBe(1_000)
    expect(heardTone(left.subarray(800, 2_400), TONES)).toBe(440)
    expect(Math.abs(result.durationMs - lasted)).toBeLessThan(300)
    const file = await readFile(result.path)
    expect(file.length).toBe(result.bytes)
    expect(createHash('sha256').update(file).digest('hex')).toBe(result.sha256)
  })

  it('[RC2] aligns the channels to within 20 ms', async () => {
    await using t = await start()
    const { recordingId } = await t.client.call('recording.start', { ...t.legs, path: 'aligned.wav' })
    const startAt = performance.now()
    for (let i = 0; i < 75; i++) {
      // A click on both sides in the same instant, every 200 ms.
      const loud = i < 60 && i % 10 === 5
      t.customer.frame(sine(440, 160, 0, loud ? 12_000 : 0))
      t.agent.frame(sine(440, 160, 0, loud ? 12_000 : 0))
      await until(() => performance.now() - startAt >= (i + 1) * 20)
    }
    const { path } = await t.client.call('recording.stop', { recordingId })
    const { left, right } = await channels(path)
    const clicks = (side: Int16Array) =>
      [...side.keys()].filter(
        (i) => Math.abs(side[i]!) > 3_000 && !side.subarray(Math.max(0, i - 400), i).some((s) => Math.abs(s) > 3_000),
      )
    expect(clicks(left)).toHaveLength(6)
    expect(clicks(right)).toHaveLength(6)
    for (const [i, at] of clicks(left).entries()) expect(Math.abs(at - clicks(right)[i]!)).toBeLessThan(20 * 8)
  })

  it('[RC3] writes silence and marks while paused, and goes on in place', async () => {
    await using t = await start()
    t.customer.tone(440)
    const { recordingId } = await t.client.call('recording.start', { customer: t.legs.customer, path: 'paused.wav' })
    await wait(500)
    await t.client.call('recording.pause', { recordingId, reason: 'card data' })
    await wait(500)
    await t.client.call('recording.resume', { recordingId })
    await wait(500)
    const { path, marks } = await t.client.call('recording.stop', { recordingId })
    expect(marks.map(({ kind, note }) => [kind, note])).toEqual([
      ['pause', 'card data'],
      ['resume', ''],
    ])
    const { left, right } = await channels(path)
    const [from, to] = marks.map(({ atMs }) => atMs * 8) as [number, number]
    expect(heardTone(left.subarray(800, from - 400), TONES)).toBe(440)
    expect(left.subarray(from + 160, to - 160).every((sample) => sample === 0)).toBe(true)
    expect(heardTone(left.subarray(to + 400, left.length - 400), TONES)).toBe(440)
    expect(right.every((sample) => sample === 0)).toBe(true)
  })

  it('[RC4] swaps the agent, and outlives legs', async () => {
    await using t = await start()
    await using second = await openPhone()
    t.agent.tone(700)
    const other = await call(t.client, second)
    second.tone(1_400)
    const { recordingId } = await t.client.call('recording.start', { ...t.legs, path: 'swap.wav' })
    await wait(500)
    await t.client.call('recording.side', { recordingId, side: 'agent', legId: other })
    await wait(500)
    await t.client.call('leg.close', { legId: other })
    await wait(300)
    const { path, durationMs, marks } = await t.client.call('recording.stop', { recordingId })
    expect(marks.map(({ kind, note }) => [kind, note])).toEqual([
      ['side', 'agent'],
      ['side', 'agent left'],
    ])
    const [swapped, left] = marks.map(({ atMs }) => atMs * 8) as [number, number]
    expect(durationMs * 8).toBeGreaterThan(left + 2_000)
    const { right } = await channels(path)
    expect(heardTone(right.subarray(800, swapped - 400), TONES)).toBe(700)
    expect(heardTone(right.subarray(swapped + 400, left - 400), TONES)).toBe(1_400)
    expect(right.subarray(left + 400).every((sample) => sample === 0)).toBe(true)
  })

  it('[RC10] says so when the file is gone at the end', async () => {
    await using t = await start()
    const { recordingId, path } = await t.client.call('recording.start', { ...t.legs, path: 'gone.wav' })
    await rm(path)
    await expect(t.client.call('recording.stop', { recordingId })).rejects.toMatchObject({
      code: 'recording_unwritable',
    })
    expect((await t.client.call('server.stats', {})).recordings).toBe(0)
  })

  it('[RC5] writes only below its folder, and never over a file', async () => {
    await using t = await start()
    const record = (path: string) => t.client.call('recording.start', { ...t.legs, path })
    await expect(record('../outside.wav')).rejects.toMatchObject({ code: 'path_refused', field: 'path' })
    await expect(record('/tmp/outside.wav')).rejects.toMatchObject({ code: 'path_refused' })
    await mkdir(join(t.dir, 'elsewhere'))
    await mkdir(join(t.dir, 'recordings'), { recursive: true })
    await symlink(join(t.dir, 'elsewhere'), join(t.dir, 'recordings', 'link'))
    await expect(record('link/outside.wav')).rejects.toMatchObject({ code: 'path_refused' })
    expect(existsSync(join(t.dir, 'elsewhere', 'outside.wav'))).toBe(false)
    const first = await record('once.wav')
    await expect(record('once.wav')).rejects.toMatchObject({ code: 'recording_exists' })
    await t.client.call('recording.stop', { recordingId: first.recordingId })
    await expect(t.client.call('recording.stop', { recordingId: first.recordingId })).rejects.toMatchObject({
      code: 'recording_not_found',
    })
    await expect(t.client.call('recording.start', { path: 'nobody.wav' })).rejects.toMatchObject({
      code: 'invalid_params',
      field: 'bridgeId',
    })
  })
})
