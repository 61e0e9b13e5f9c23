import { describe, expect, it } from 'vitest'
import { nextEvent, startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import type { MediaClient } from '../client/index.ts'
import type { EventData } from '../protocol/events.ts'

async function call(client: MediaClient, phone: RtpPhone): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return legId
}

/** All alarms told from now on. */
function alarms(client: MediaClient): (EventData<'leg.alarm'> & { at: number })[] {
  const told: (EventData<'leg.alarm'> & { at: number })[] = []
  client.on('leg.alarm', (alarm) => told.push({ ...alarm, at: performance.now() }))
  return told
}

describe('insight into a leg', () => {
  it('[IN2] tells audio that goes one way only, and when it comes again', async () => {
    await using media = await startMedia({ alarmAfterMs: 500 })
    await using phone = await openPhone()
    const legId = await call(media.client, phone)
    const told = alarms(media.client)
    phone.tone(440)
    await nextEvent(media.client, 'leg.connected')
    phone.quiet()
    const quietAt = performance.now()
    await until(() => told.length === 1)
    expect(told[0]).toMatchObject({ legId, alarm: 'one_way', active: true })
    expect(told[0]!.at - quietAt).toBeGreaterThan(400)
    phone.tone(440)
    await until(() => told.length === 2)
    expect(told[1]).toMatchObject({ alarm: 'one_way', active: false })
  })

  it('[IN2] tells of a phone that never sent anything', async () => {
    await using media = await startMedia({ alarmAfterMs: 300 })
    await using phone = await openPhone()
    const alarm = nextEvent(media.client, 'leg.alarm')
    const legId = await call(media.client, phone)
    expect(await alarm).toEqual({ legId, alarm: 'one_way', active: true })
  })

  it('[IN3] tells digital silence, but not of a leg that is muted or on hold, nor of soft noise', async () => {
    await using media = await startMedia({ alarmAfterMs: 400 })
    const phones = await Promise.all(['dead', 'muted', 'soft'].map(() => openPhone()))
    const [dead, muted, soft] = phones as [RtpPhone, RtpPhone, RtpPhone]
    const deadId = await call(media.client, dead)
    const mutedId = await call(media.client, muted)
    await call(media.client, soft)
    await media.client.call('leg.mute', { legId: mutedId, muted: true })
    const told = alarms(media.client)
    const silence = new Int16Array(160)
    const noise = Int16Array.from({ length: 160 }, (_, i) => (i % 40 === 7 ? 60 : 0))
    const startAt = performance.now()
    let sent = 0
    const timer = setInterval(() => {
      for (; sent * 20 < performance.now() - startAt; sent++) {
        dead.frame(silence)
        muted.frame(silence)
        soft.frame(noise)
      }
    }, 5)
    await until(() => told.length > 0 && sent > 50)
    expect(told.map(({ at: _, ...alarm }) => alarm)).toEqual([{ legId: deadId, alarm: 'silent', active: true }])
    dead.tone(440)
    await until(() => told.length > 1)
    expect(told[1]).toMatchObject({ legId: deadId, alarm: 'silent', active: false })
    clearInterval(timer)
    for (const phone of phones) await phone[Symbol.asyncDispose]()
  })
})
