import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'
import { writeReport } from '../rtp/rtcp.ts'

const TONES = [440, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone): Promise<{ legId: string; sdp: string }> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return { legId, sdp }
}

describe('a stranger', () => {
  it('[RL4] who learned the port puts neither audio nor keys nor reports into a call', async () => {
    await using media = await startMedia()
    const phones = await Promise.all([1, 2, 3].map(() => openPhone()))
    const [alice, bob, mallory] = phones as [RtpPhone, RtpPhone, RtpPhone]
    const legs = [await call(media.client, alice), await call(media.client, bob)] as const
    await media.client.call('bridge.create', { legs: [legs[0].legId, legs[1].legId] })
    const keys: string[] = []
    media.client.on('dtmf', ({ digit }) => keys.push(digit))
    alice.tone(440)
    bob.tone(1_000)
    await until(() => heardTone(bob.listen(), TONES) === 440)

    mallory.ssrc = alice.ssrc
    mallory.connect(legs[0].sdp)
    mallory.tone(1_400)
    mallory.key(5)
    const reports = createSocket('udp4')
    reports.bind(0, '127.0.0.2')
    await once(reports, 'listening')
    const port = Number(/^m=audio (\d+)/m.exec(legs[0].sdp)?.[1])
    const { ssrc } = alice.heard.at(-1)!
    const lies = { ssrc, fractionLost: 255, lost: 9_999, highestSequence: 1, jitter: 9_999 }
    const report = writeReport({ ssrc: 1, rtpTimestamp: 0, packets: 0, octets: 0 }, lies, undefined, 'mallory', 0)
    reports.send(report, port + 1, '127.0.0.1')

    const before = bob.audio.length
    await until(() => bob.audio.length > before + 50)
    alice.key(7)
    await until(() => keys.length > 0)
    expect(keys).toEqual(['7'])
    expect(heardTone(bob.listen(30), TONES)).toBe(440)
    expect(mallory.heard).toEqual([])
    const stats = await media.client.call('leg.stats', { legId: legs[0].legId })
    expect(stats.packetsRefused).toBeGreaterThan(10)
    expect(stats.remoteLoss).not.toBe(255 / 256)
    reports.close()
    for (const phone of phones) await phone[Symbol.asyncDispose]()
  })

  it('[RL4] who was there before the phone hears the call no longer than until the phone speaks', async () => {
    await using media = await startMedia()
    await using alice = await openPhone()
    await using mallory = await openPhone()
    const { sdp, legId } = await call(media.client, alice)
    await media.client.call('leg.tone', { legId, tone: { frequencies: [1_000], onMs: 1_000, offMs: 0 } })
    mallory.connect(sdp)
    mallory.tone(1_400)
    await until(() => mallory.heard.length > 5)
    alice.tone(440)
    await until(() => heardTone(alice.listen(10), TONES) === 1_000)
    const leaked = mallory.heard.length
    const before = alice.heard.length
    await until(() => alice.heard.length > before + 25)
    expect(mallory.heard.length).toBe(leaked)
  })
})
