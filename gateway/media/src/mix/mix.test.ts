import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, strength } from '../../test-kit/tones.ts'
import { parseWav } from '../codec/wav.ts'
import type { MixRole } from '../protocol/index.ts'

const TONES = { alice: 440, bob: 700, carol: 1_000, dave: 1_400 }
type Name = keyof typeof TONES
const names = Object.keys(TONES) as Name[]

/** Who is heard in the last packets of a phone, in the order of their names; weaker than a fifth is nobody. */
function heard(phone: RtpPhone, packets = 8): Name[] {
  const samples = phone.listen(packets)
  return names.filter((name) => strength(samples, TONES[name]) > 0.06)
}

/** Four phones of four codecs in legs of two threads, each sending a tone of its own. */
async function conference(settings = {}) {
  const media = await startMedia({ threads: 2, ...settings })
  const phones: Record<Name, RtpPhone> = {
    alice: await openPhone('PCMA'),
    bob: await openPhone('PCMU'),
    carol: await openPhone('G722'),
    dave: await openPhone('opus'),
  }
  const legs = {} as Record<Name, string>
  for (const name of names) {
    const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: phones[name].sdp() })
    legs[name] = legId
    phones[name].connect(sdp)
    phones[name].tone(TONES[name])
  }
  return {
    ...media,
    phones,
    legs,
    /** Waits until each hears exactly these. */
    everyoneHears: (expected: Partial<Record<Name, Name[]>>) =>
      until(() => Object.entries(expected).every(([name, who]) => heard(phones[name as Name]).join() === who.join())),
    async [Symbol.asyncDispose]() {
      for (const phone of Object.values(phones)) await phone[Symbol.asyncDispose]()
      await media[Symbol.asyncDispose]()
    },
  }
}

describe('mix', () => {
  it('[MX1] lets each of four codecs and two threads hear exactly the others, in every role', async () => {
    await using t = await conference()
    const { alice, bob, carol, dave } = t.legs
    const { mixId } = await t.client.call('mix.create', { legs: [alice, bob, carol, dave] })
    const assign = (legId: string, role: MixRole, to?: string) =>
      t.client.call('mix.role', { mixId, legId, role, ...(to === undefined ? {} : { to }) })
    await t.everyoneHears({
      alice: ['bob', 'carol', 'dave'],
      bob: ['alice', 'carol', 'dave'],
      carol: ['alice', 'bob', 'dave'],
      dave: ['alice', 'bob', 'carol'],
    })
    await assign(dave, 'listen')
    await t.everyoneHears({
      alice: ['bob', 'carol'],
      bob: ['alice', 'carol'],
      carol: ['alice', 'bob'],
      dave: ['alice', 'bob', 'carol'],
    })
    await assign(dave, 'whisper', bob)
    await assign(carol, 'muted')
    await t.everyoneHears({ alice: ['bob'], bob: ['alice', 'dave'], carol: ['alice', 'bob'], dave: ['alice', 'bob'] })
    await assign(alice, 'hold')
    await t.everyoneHears({ alice: [], bob: ['dave'], carol: ['bob'], dave: ['bob'] })
    await assign(alice, 'talk')
    await assign(dave, 'talk')
    await t.everyoneHears({
      alice: ['bob', 'dave'],
      bob: ['alice', 'dave'],
      carol: ['alice', 'bob', 'dave'],
      dave: ['alice', 'bob'],
    })
  })

  it('[MX2] a role is in effect 40 ms after its answer', async () => {
    await using t = await conference()
    const { alice, bob, carol } = t.legs
    const { mixId } = await t.client.call('mix.create', { legs: [alice, bob, carol] })
    for (const [role, expected] of [
      ['hold', ['bob']],
      ['talk', ['bob', 'carol']],
      ['listen', ['bob']],
      ['talk', ['bob', 'carol']],
    ] as const) {
      await t.client.call('mix.role', { mixId, legId: carol, role })
      const changedAt = performance.now()
      const late = () => t.phones.alice.audio.filter(({ at }) => at > changedAt + 40)
      await until(() => late().length >= 10)
      const from = t.phones.alice.audio.indexOf(late()[0]!)
      const samples = t.phones.alice.listen(t.phones.alice.audio.length - from)
      // Another 20 ms for the tone's own beginning in the window of measurement.
      const loudness = strength(samples.subarray(160, 5 * 160), TONES.carol)
      if ((expected as readonly string[]).includes('carol')) expect(loudness).toBeGreaterThan(0.2)
      else expect(loudness).toBeLessThan(0.06)
    }
  })

  it('[MX1] the id of a bridge is one of a mix: a supervisor listens to a call', async () => {
    await using t = await conference()
    const { alice, bob, carol } = t.legs
    const { bridgeId } = await t.client.call('bridge.create', { legs: [alice, bob] })
    await t.client.call('mix.join', { mixId: bridgeId, legId: carol, role: 'listen' })
    await t.everyoneHears({ alice: ['bob'], bob: ['alice'], carol: ['alice', 'bob'] })
  })

  it('[MX4] one stream goes on when a third joins and leaves: numbers without a jump', async () => {
    await using t = await conference()
    const { alice, bob, carol } = t.legs
    const { bridgeId: mixId } = await t.client.call('bridge.create', { legs: [alice, bob] })
    await t.everyoneHears({ bob: ['alice'] })
    const from = t.phones.bob.audio.length - 5
    await t.client.call('mix.join', { mixId, legId: carol })
    await t.everyoneHears({ bob: ['alice', 'carol'] })
    expect(await t.client.call('mix.leave', { mixId, legId: carol })).toEqual({ ended: false })
    await t.everyoneHears({ bob: ['alice'] })
    const packets = t.phones.bob.audio.slice(from)
    const steps = packets.slice(1).map((packet, i) => (packet.sequence - packets[i]!.sequence) & 0xffff)
    expect(new Set(steps)).toEqual(new Set([1]))
  })

  it('[MX5] ends with the last but one, whether that leaves or closes', async () => {
    await using t = await conference()
    const { alice, bob, carol } = t.legs
    const { mixId } = await t.client.call('mix.create', { legs: [alice, bob, carol] })
    await t.client.call('leg.close', { legId: carol })
    await t.everyoneHears({ alice: ['bob'], bob: ['alice'] })
    expect(await t.client.call('mix.leave', { mixId, legId: alice })).toEqual({ ended: true })
    await t.everyoneHears({ alice: [], bob: [] })
    await expect(t.client.call('mix.close', { mixId })).rejects.toMatchObject({ code: 'mix_not_found' })
    const again = await t.client.call('mix.create', { legs: [bob, alice] })
    await t.client.call('leg.close', { legId: bob })
    await expect(t.client.call('mix.close', again)).rejects.toMatchObject({ code: 'mix_not_found' })
  })

  it('[MX6] refuses by name: who is elsewhere, who is not there, a whisper to nobody', async () => {
    await using t = await conference()
    const { alice, bob, carol, dave } = t.legs
    const { mixId } = await t.client.call('mix.create', { legs: [alice, bob] })
    const call = t.client.call.bind(t.client)
    await expect(call('mix.create', { legs: [carol, alice] })).rejects.toMatchObject({ code: 'leg_already_bridged' })
    await expect(call('mix.create', { legs: [carol, carol] })).rejects.toMatchObject({ field: 'legs' })
    await expect(call('mix.role', { mixId, legId: carol, role: 'talk' })).rejects.toMatchObject({
      code: 'leg_not_in_mix',
    })
    await expect(call('mix.join', { mixId, legId: carol, role: 'whisper' })).rejects.toMatchObject({ field: 'to' })
    await expect(call('mix.join', { mixId, legId: carol, role: 'whisper', to: dave })).rejects.toMatchObject({
      code: 'leg_not_in_mix',
      field: 'to',
    })
    // What was refused left nothing behind.
    await call('mix.join', { mixId, legId: carol, role: 'whisper', to: bob })
    await t.everyoneHears({ alice: ['bob'], bob: ['alice', 'carol'] })
  })

  it('[MX7] carries wide band where two sides are wide', async () => {
    await using media = await startMedia({ threads: 0 })
    await using wide = await openPhone('G722', 16_000)
    await using other = await openPhone('opus', 16_000)
    await using narrow = await openPhone('PCMA')
    const legs = await Promise.all(
      [wide, other, narrow].map(async (phone) => {
        const { legId, sdp } = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
        phone.connect(sdp)
        return legId
      }),
    )
    await media.client.call('mix.create', { legs })
    wide.tone(5_500)
    narrow.tone(440)
    other.tone(700)
    await until(() => strength(other.listen(), 5_500, 16_000) > 0.1 && strength(other.listen(), 440, 16_000) > 0.1)
    await until(() => heardTone(narrow.listen(), [440, 700, 2_500]) === 700)
  })

  it('[MX8] a coach is in no recording unless that is asked for', async () => {
    await using t = await conference()
    const { alice, bob, carol } = t.legs
    const { bridgeId } = await t.client.call('bridge.create', { legs: [alice, bob] })
    const { recordingId } = await t.client.call('recording.start', { bridgeId, path: 'coached.wav' })
    await t.client.call('mix.join', { mixId: bridgeId, legId: carol, role: 'whisper', to: bob })
    await t.everyoneHears({ bob: ['alice', 'carol'] })
    const startAt = performance.now()
    await until(() => performance.now() - startAt > 500)
    await t.client.call('recording.join', { recordingId, side: 'agent', legId: carol })
    const joinedAt = performance.now()
    await until(() => performance.now() - joinedAt > 500)
    const { path, marks } = await t.client.call('recording.stop', { recordingId })
    const joined = marks.find(({ note }) => note === 'agent joined')!.atMs * 8
    const { samples } = parseWav(await readFile(path))
    const inSide = (side: number, from: number) => {
      const part = samples.filter((_, i) => i % 2 === side).subarray(from, from + 3_000)
      return names.filter((who) => strength(part, TONES[who]) > 0.06)
    }
    expect(inSide(0, joined - 3_500)).toEqual(['alice'])
    expect(inSide(1, joined - 3_500)).toEqual(['bob'])
    expect(inSide(0, joined + 400)).toEqual(['alice'])
    expect(inSide(1, joined + 400)).toEqual(['bob', 'carol'])
  })

  it('[MX9] passes keys on to all who hear them, in the clock of each', async () => {
    await using t = await conference()
    const { alice, bob, dave } = t.legs
    await t.client.call('mix.create', { legs: [alice, bob, dave] })
    await t.everyoneHears({ bob: ['alice', 'dave'] })
    t.phones.alice.quiet()
    t.phones.alice.key(7)
    const ends = (phone: RtpPhone) => phone.keys.filter(({ payload }) => payload[1]! & 0x80)
    await until(() => ends(t.phones.bob).length >= 3 && ends(t.phones.dave).length >= 3)
    for (const [phone, duration] of [
      [t.phones.bob, 800],
      [t.phones.dave, 4_800],
    ] as const) {
      expect(ends(phone).at(-1)!.payload[0]).toBe(7)
      expect(ends(phone).at(-1)!.payload.readUInt16BE(2)).toBe(duration)
      expect(new Set(phone.keys.map(({ timestamp }) => timestamp)).size).toBe(1)
    }
  })
})
