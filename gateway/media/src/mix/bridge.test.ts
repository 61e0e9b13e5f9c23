import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone } from '../../test-kit/tones.ts'
import type { MediaClient } from '../client/index.ts'

const TONES = [300, 440, 700, 1_000, 1_400]

async function call(client: MediaClient, phone: RtpPhone): Promise<string> {
  const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
  phone.connect(sdp)
  return legId
}

describe('bridge', () => {
  it.each([
    ['PCMA', 'PCMA'],
    ['PCMU', 'PCMA'],
    ['PCMA', 'PCMU'],
  ] as const)('[BR1] lets a %s and a %s phone hear each other', async (one, other) => {
    await using media = await startMedia()
    await using alice = await openPhone(one)
    await using bob = await openPhone(other)
    const legs: [string, string] = [await call(media.client, alice), await call(media.client, bob)]
    await media.client.call('bridge.create', { legs })
    alice.tone(440)
    bob.tone(1_000)
    await until(() => heardTone(bob.listen(), TONES) === 440 && heardTone(alice.listen(), TONES) === 1_000)
    expect(alice.audio.at(-1)!.payloadType).toBe(alice.codec.payloadType)
    expect(bob.audio.at(-1)!.payloadType).toBe(bob.codec.payloadType)
  })

  it('[BR3] parts the legs on close: both go on hearing silence', async () => {
    await using media = await startMedia()
    await using alice = await openPhone()
    await using bob = await openPhone()
    const legs: [string, string] = [await call(media.client, alice), await call(media.client, bob)]
    const { bridgeId } = await media.client.call('bridge.create', { legs })
    alice.tone(440)
    await until(() => heardTone(bob.listen(), TONES) === 440)
    await media.client.call('bridge.close', { bridgeId })
    const before = bob.audio.length
    await until(() => bob.audio.length > before + 25)
    expect(heardTone(bob.listen(20), TONES)).toBeUndefined()
  })
})
