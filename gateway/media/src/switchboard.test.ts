import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../test-kit/media-fixture.ts'
import { openPhone } from '../test-kit/rtp-phone.ts'
import { sine } from '../test-kit/tones.ts'
import type { MediaError } from './client/index.ts'

const deeds = [
  'open',
  'close',
  'bridge',
  'unbridge',
  'play',
  'stop',
  'keys',
  'record',
  'swap',
  'finish',
  'hold',
] as const

describe('switchboard', () => {
  it('[SW1] any order of deeds is done or refused by its reason, and leaves nothing behind', async () => {
    await using media = await startMedia()
    await using phone = await openPhone()
    const file = await media.prompt('long', sine(440, 40_000))
    const ids = { leg: [] as string[], bridge: [] as string[], recording: [] as string[] }
    const pick = (from: string[], seed: number) => from[seed % Math.max(1, from.length)] ?? 'none'
    const { client } = media
    let files = 0

    const perform: Record<(typeof deeds)[number], (a: number, b: number) => Promise<unknown>> = {
      async open() {
        const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
        ids.leg.push(legId)
        phone.connect(sdp)
        phone.frame(sine(440, 160))
      },
      close: (a) => client.call('leg.close', { legId: pick(ids.leg, a) }),
      async bridge(a, b) {
        const legs: [string, string] = [pick(ids.leg, a), pick(ids.leg, b)]
        ids.bridge.push((await client.call('bridge.create', { legs })).bridgeId)
      },
      unbridge: (a) => client.call('bridge.close', { bridgeId: pick(ids.bridge, a) }),
      play: (a, b) => client.call('leg.play', { legId: pick(ids.leg, a), files: [file], interruptible: b % 2 === 0 }),
      stop: (a) => client.call('leg.stop', { legId: pick(ids.leg, a) }),
      keys: (a) => client.call('leg.dtmf', { legId: pick(ids.leg, a), digits: '1' }),
      async record(a, b) {
        const sides = { customer: pick(ids.leg, a), agent: pick(ids.leg, b) }
        const { recordingId } = await client.call('recording.start', { ...sides, path: `${files++}.wav` })
        ids.recording.push(recordingId)
      },
      swap: (a, b) =>
        client.call('recording.side', { recordingId: pick(ids.recording, a), side: 'agent', legId: pick(ids.leg, b) }),
      finish: (a) => client.call('recording.stop', { recordingId: pick(ids.recording, a) }),
      hold: (a, b) =>
        client.call('leg.modify', { legId: pick(ids.leg, a), offer: phone.sdp({ version: b }), hold: b % 2 === 0 }),
    }
    const expected = [
      'leg_not_found',
      'bridge_not_found',
      'recording_not_found',
      'leg_already_bridged',
      'invalid_params',
    ]
    const plan = fc.array(fc.tuple(fc.constantFrom(...deeds), fc.nat(20), fc.nat(20)), { minLength: 20, maxLength: 60 })
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        await Promise.all(
          steps.map(([deed, a, b]) =>
            perform[deed](a, b).catch((error: MediaError) => expect(expected).toContain(error.code)),
          ),
        )
      }),
      { numRuns: 25 },
    )
    for (const legId of ids.leg) await client.call('leg.close', { legId }).catch(() => {})
    for (const recordingId of ids.recording) await client.call('recording.stop', { recordingId }).catch(() => {})
    await until(async () => (await client.call('server.stats', {})).legs === 0)
    expect(await client.call('server.stats', {})).toMatchObject({ legs: 0, bridges: 0, recordings: 0, portsInUse: 0 })
  })
})
