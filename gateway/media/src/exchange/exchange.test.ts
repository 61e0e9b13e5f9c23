import { readFile } from 'node:fs/promises'
import { Session } from 'node:inspector/promises'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { BrowserPeer } from '../../test-kit/browser-peer.ts'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, sine } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'
import { parseWav } from '../codec/wav.ts'
import type { MediaSettings } from '../config.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return legId
}

/** A server of two threads, with a customer's leg in the first and an agent's in the second. */
async function start(settings: Partial<MediaSettings> = {}) {
  const workers: Worker[] = []
  const note = (worker: Worker) => workers.push(worker)
  process.on('worker', note)
  const media = await startMedia({ threads: 2, ...settings })
  process.off('worker', note)
  const customer = await openPhone('PCMA')
  const agent = await openPhone('PCMU')
  const legs = { customer: await call(media.client, customer), agent: await call(media.client, agent) }
  return {
    ...media,
    customer,
    agent,
    legs,
    pair: [legs.customer, legs.agent] as [string, string],
    workers,
    async [Symbol.asyncDispose]() {
      await customer[Symbol.asyncDispose]()
      await agent[Symbol.asyncDispose]()
      await media[Symbol.asyncDispose]()
    },
  }
}

/** Lets one of the worker threads run for ever. */
async function hangOne(): Promise<void> {
  const session = new Session()
  session.connect()
  const sessions: string[] = []
  session.on('NodeWorker.attachedToWorker', ({ params }) => sessions.push(params.sessionId))
  await session.post('NodeWorker.enable', { waitForDebuggerOnStart: false })
  const message = JSON.stringify({ id: 1, method: 'Runtime.evaluate', params: { expression: 'for (;;);' } })
  await session.post('NodeWorker.sendMessageToWorker', { message, sessionId: sessions[0]! })
  session.disconnect()
}

/** Legs of each thread, the main thread first. */
async function spread(metricsPort: number): Promise<number[]> {
  const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return [...text.matchAll(/^ringdown_media_thread_legs\{thread="\d+"\} (\d+)$/gm)].map(([, legs]) => Number(legs))
}

const hear = (one: RtpPhone, other: RtpPhone) => () =>
  heardTone(one.listen(), TONES) === 1_000 && heardTone(other.listen(), TONES) === 440

describe('exchange', () => {
  it('[TH1] spreads RTP legs evenly, also when they come at once, and keeps WebRTC legs in the main thread', async () => {
    await using media = await startMedia({ threads: 2 })
    await using peer = new BrowserPeer()
    const made = await Promise.all(Array.from({ length: 8 }, () => media.client.call('leg.create', { kind: 'rtp' })))
    await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    expect(await spread(media.server.metricsPort)).toEqual([1, 4, 4])
    for (const { legId } of made.slice(0, 3)) await media.client.call('leg.close', { legId })
    await Promise.all(Array.from({ length: 3 }, () => media.client.call('leg.create', { kind: 'rtp' })))
    expect(await spread(media.server.metricsPort)).toEqual([1, 4, 4])
  })

  it('[TH1] makes an RTP leg beside the one it is to be near, as long as that lives in a thread', async () => {
    await using media = await startMedia({ threads: 2 })
    await using peer = new BrowserPeer()
    const { legId: near } = await media.client.call('leg.create', { kind: 'rtp' })
    const [second] = await Promise.all([1, 2].map(() => media.client.call('leg.create', { kind: 'rtp', near })))
    expect(await spread(media.server.metricsPort)).toEqual([0, 3, 0])
    await media.client.call('bridge.create', { legs: [near, second!.legId] })
    const headset = await media.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    for (const gone of ['gone', headset.legId]) await media.client.call('leg.create', { kind: 'rtp', near: gone })
    expect(await spread(media.server.metricsPort)).toEqual([1, 3, 2])
  })

  it('[TH2] legs of two threads hear each other and pass keys on', async () => {
    await using t = await start()
    expect(await spread(t.server.metricsPort)).toEqual([0, 1, 1])
    await t.client.call('bridge.create', { legs: t.pair })
    t.customer.tone(440)
    t.agent.tone(1_000)
    await until(hear(t.customer, t.agent))
    t.customer.quiet()
    const key = nextEvent(t.client, 'dtmf')
    t.customer.key(5)
    expect(await key).toMatchObject({ legId: t.legs.customer, digit: '5' })
    await until(() => t.agent.keys.some((packet) => packet.payload[0] === 5))
    for (const { heard } of [t.customer, t.agent]) {
      expect(new Set(heard.map((packet) => packet.ssrc)).size).toBe(1)
      const steps = heard.slice(1).map((packet, i) => (packet.sequence - heard[i]!.sequence) & 0xffff)
      expect(new Set(steps)).toEqual(new Set([1]))
    }
  })

  it('[TH2] mute and hold are those of the leg, wherever the bridge is', async () => {
    await using t = await start()
    await t.client.call('bridge.create', { legs: t.pair })
    t.customer.tone(440)
    t.agent.tone(1_000)
    await until(hear(t.customer, t.agent))
    await t.client.call('leg.mute', { legId: t.legs.agent, muted: true })
    await until(() => heardTone(t.customer.listen(5), TONES) === undefined)
    expect(heardTone(t.agent.listen(), TONES)).toBe(440)
    await t.client.call('leg.mute', { legId: t.legs.agent, muted: false })
    await until(hear(t.customer, t.agent))
    const offer = t.agent.sdp({ direction: 'sendonly', version: 2 })
    await t.client.call('leg.modify', { legId: t.legs.agent, offer })
    const [before, other] = [t.agent.heard.length, t.customer.heard.length]
    await until(() => t.customer.heard.length > other + 25)
    expect(t.agent.heard.length).toBeLessThan(before + 5)
    expect(heardTone(t.customer.listen(), TONES)).toBe(1_000)
  })

  it('[TH2] records legs of two threads aligned, bridged or not', async () => {
    await using t = await start()
    for (const bridged of [false, true]) {
      if (bridged) await t.client.call('bridge.create', { legs: t.pair })
      const { recordingId } = await t.client.call('recording.start', { ...t.legs, path: `${bridged}.wav` })
      const startAt = performance.now()
      for (let i = 0; i < 75; i++) {
        // A click on both sides in the same instant, six of them 200 ms apart, and silence for the jitter buffers.
        const clicks = i < 60 && i % 10 === 5
        for (const phone of [t.customer, t.agent]) phone.frame(sine(440, 160, 0, clicks ? 12_000 : 0))
        await until(() => performance.now() - startAt >= (i + 1) * 20)
      }
      const { path } = await t.client.call('recording.stop', { recordingId })
      const { samples } = parseWav(await readFile(path))
      const [left, right] = [0, 1].map((side) => clicks(samples.filter((_, i) => i % 2 === side)))
      expect(left).toHaveLength(6)
      expect(right).toHaveLength(6)
      for (const [i, at] of left!.entries()) expect(Math.abs(at - right![i]!)).toBeLessThan(20 * 8)
    }
  })

  it('[TH3] a leg is in one bridge of the whole server, and free as soon as that is closed', async () => {
    await using t = await start()
    const neighbour = await t.client.call('leg.create', { kind: 'rtp' })
    const other = await t.client.call('leg.create', { kind: 'rtp' })
    for (const legId of [neighbour.legId, other.legId]) {
      for (let i = 0; i < 5; i++) {
        const { bridgeId } = await t.client.call('bridge.create', { legs: t.pair })
        const legs: [string, string] = [legId, t.legs.agent]
        const refused = { code: 'leg_already_bridged' }
        await expect(t.client.call('bridge.create', { legs })).rejects.toMatchObject(refused)
        await expect(t.client.call('bridge.create', { legs: [legs[1], legs[0]] })).rejects.toMatchObject(refused)
        await t.client.call('bridge.close', { bridgeId })
        const again = await t.client.call('bridge.create', { legs })
        await t.client.call('bridge.close', { bridgeId: again.bridgeId })
      }
    }
  })

  it('[TH3] a leg that closes ends its bridge in the other thread before the answer', async () => {
    await using t = await start()
    const { bridgeId } = await t.client.call('bridge.create', { legs: t.pair })
    const { recordingId } = await t.client.call('recording.start', { bridgeId, path: 'left.wav' })
    await t.client.call('leg.close', { legId: t.legs.agent })
    await expect(t.client.call('bridge.close', { bridgeId })).rejects.toMatchObject({ code: 'bridge_not_found' })
    expect(await t.client.call('server.stats', {})).toMatchObject({ legs: 1, bridges: 0, recordings: 1 })
    const { marks } = await t.client.call('recording.stop', { recordingId })
    expect(marks.map(({ kind, note }) => [kind, note])).toEqual([['side', 'agent left']])
    await expect(t.client.call('bridge.create', { legs: t.pair })).rejects.toMatchObject({
      code: 'leg_not_found',
      field: 'legs.1',
    })
  })

  it('[TH4] a thread that dies takes only its own: its owner is told, and another takes its place', async () => {
    await using t = await start()
    await using third = await openPhone()
    const { bridgeId } = await t.client.call('bridge.create', { legs: t.pair })
    const { recordingId } = await t.client.call('recording.start', { bridgeId, path: 'died.wav' })
    t.customer.tone(440)
    t.agent.tone(1_000)
    await until(hear(t.customer, t.agent))
    const closed = nextEvent(t.client, 'leg.closed')
    const failed = nextEvent(t.client, 'recording.failed')
    await t.workers[0]!.terminate()
    expect(await closed).toEqual({ legId: t.legs.customer, reason: 'failed' })
    expect(await failed).toMatchObject({ recordingId, fatal: true })
    await expect(t.client.call('leg.stats', { legId: t.legs.customer })).rejects.toMatchObject({
      code: 'leg_not_found',
    })
    await until(async () => (await spread(t.server.metricsPort)).join() === '0,1,0')
    expect((await t.client.call('server.stats', {})).portsInUse).toBe(1)
    const legs: [string, string] = [await call(t.client, third), t.legs.agent]
    expect(await spread(t.server.metricsPort)).toEqual([0, 1, 1])
    await t.client.call('bridge.create', { legs })
    third.tone(440)
    await until(hear(third, t.agent))
  })

  it('[TH4] a WebRTC leg outlives the thread of its bridge', async () => {
    await using t = await start()
    await using peer = new BrowserPeer()
    const connected = nextEvent(t.client, 'leg.connected')
    const { legId, sdp } = await t.client.call('leg.create', { kind: 'webrtc', offer: await peer.offer() })
    peer.accept(sdp)
    await connected
    peer.tone(700)
    t.customer.tone(440)
    t.agent.tone(1_000)
    await t.client.call('bridge.create', { legs: [t.legs.customer, legId] })
    await until(() => heardTone(t.customer.listen(), TONES) === 700 && heardTone(peer.listen(), TONES) === 440)
    await t.workers[0]!.terminate()
    await until(async () => (await t.client.call('server.stats', {})).legs === 2)
    await t.client.call('bridge.create', { legs: [t.legs.agent, legId] })
    await until(() => heardTone(t.agent.listen(), TONES) === 700 && heardTone(peer.listen(), TONES) === 1_000)
  })

  it('[TH6] a thread that hangs is ended, and another takes its place', async () => {
    await using t = await start({ threadHangMs: 500 })
    t.customer.tone(440)
    await until(() => t.customer.heard.length > 0)
    const closed = nextEvent(t.client, 'leg.closed')
    await hangOne()
    expect(await closed).toMatchObject({ reason: 'failed', legId: expect.toBeOneOf(t.pair) })
    await until(async () => (await spread(t.server.metricsPort)).join() === '0,1,0')
    await call(t.client, t.customer)
    expect(await spread(t.server.metricsPort)).toEqual([0, 1, 1])
  })

  it('[TH5] does it all in the main thread with 0 threads', async () => {
    await using media = await startMedia({ threads: 0 })
    await using customer = await openPhone('PCMA')
    await using agent = await openPhone('PCMU')
    const legs: [string, string] = [await call(media.client, customer), await call(media.client, agent)]
    expect(await spread(media.server.metricsPort)).toEqual([2])
    const { bridgeId } = await media.client.call('bridge.create', { legs })
    const { recordingId } = await media.client.call('recording.start', { bridgeId, path: 'one.wav' })
    customer.tone(440)
    agent.tone(1_000)
    await until(hear(customer, agent))
    const { path } = await media.client.call('recording.stop', { recordingId })
    const { samples } = parseWav(await readFile(path))
    expect(
      [0, 1].map((side) =>
        heardTone(
          samples.filter((_, i) => i % 2 === side),
          TONES,
        ),
      ),
    ).toEqual([440, 1_000])
    await media.client.call('leg.close', { legId: legs[1] })
    expect(await media.client.call('server.stats', {})).toMatchObject({ legs: 1, bridges: 0, recordings: 0 })
  })
})

/** Where loud stretches begin. */
function clicks(side: Int16Array): number[] {
  const loud = (sample: number | undefined) => Math.abs(sample!) > 3_000
  return [...side.keys()].filter((i) => loud(side[i]) && !side.subarray(Math.max(0, i - 400), i).some(loud))
}
