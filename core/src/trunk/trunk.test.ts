import { describe, expect, it } from 'vitest'
import { TrunkId, unwrap } from '../kernel/index.ts'
import { type KnownTrunk, trunkFinder } from './find-trunk.ts'
import { AddressRange, contains, parseAddress, parsePrefix } from './prefix.ts'
import { type Registration, registration } from './registration.ts'

const common = { enabled: true, defaultCountry: 'CN', numbers: [], maxCalls: null, registrarAddress: null }
let made = 0
const id = () => TrunkId.parse(`00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`)
const byAddress = (name: string, ...addresses: string[]): KnownTrunk => ({
  ...common,
  ...{ id: id(), kind: 'address', name, addresses, contactUser: `unused-${name}` },
})
const byRegistration = (name: string, registrarAddress: string | null): KnownTrunk => ({
  ...common,
  ...{ id: id(), kind: 'registration', name, registrar: 'sip.example.com', transport: 'udp', username: name },
  ...{ authUser: null, expiresS: 300, contactUser: `token-${name}`, registrarAddress },
})

describe('prefixes', () => {
  it.each([
    ['0.0.0.0/0', '198.51.100.7', true],
    ['203.0.113.0/24', '203.0.113.255', true],
    ['203.0.113.0/24', '203.0.114.0', false],
    ['203.0.113.7', '203.0.113.7', true],
    ['203.0.113.7', '::ffff:203.0.113.7', true],
    ['203.0.113.7', '::ffff:cb00:7107', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['::/0', '2001:db8::1', true],
    ['fc00::/7', 'fd12:3456::1', true],
    ['fc00::/7', 'fe80::1', false],
    ['::1/128', '0:0:0:0:0:0:0:1', true],
  ])('%s contains %s: %s', (range, address, expected) => {
    expect(contains(parsePrefix(range)!, parseAddress(address)!)).toBe(expected)
  })

  it.each(['', '1.2.3', '1.2.3.256', '01.2.3.4', '1.2.3.4/33', '1.2.3.4/', '1.2.3.4/8/8', 'host', ':::', '1::2::3'])(
    '%j is none',
    (text) => expect(parsePrefix(text)).toBeUndefined(),
  )
  it.each(['1:2:3:4:5:6:7', '1:2:3:4:5:6:7:8:9', '::1/129', '12345::', '1.2.3.4::', 'fe80::1%eth0'])(
    '%j is none either',
    (text) => expect(parsePrefix(text)).toBeUndefined(),
  )

  it('names what an administrator got wrong', () => {
    const fault = (text: string) => AddressRange.safeParse(text).error?.issues[0]?.message
    expect(fault('10.0.0.0/8')).toBeUndefined()
    expect(fault('ten')).toBe('expected an IP address or CIDR such as 203.0.113.0/24')
    expect(fault('10.0.0.1/8')).toContain('10.0.0.1/8 has bits behind its prefix')
  })
})

describe('the trunk of a call', () => {
  const find = trunkFinder([
    byAddress('anyone', '0.0.0.0/0', '::/0'),
    byAddress('carrier', '203.0.113.0/24'),
    byAddress('desk', '203.0.113.7'),
    { ...byAddress('closed', '203.0.113.8'), enabled: false },
    byRegistration('account', '203.0.113.9'),
    byRegistration('silent', null),
  ])
  const nameFor = (address: string, contactUser = '4000') => find({ address, contactUser })?.trunk.name

  it('[TR3] is the one with the longest prefix', () => {
    expect(nameFor('198.51.100.1')).toBe('anyone')
    expect(nameFor('203.0.113.1')).toBe('carrier')
    expect(nameFor('203.0.113.7')).toBe('desk')
    expect(nameFor('2001:db8::7')).toBe('anyone')
  })

  it('[TR3] is the registration whose registrar has this address', () => {
    expect(nameFor('203.0.113.9')).toBe('account')
  })

  it('[TR1] is never a disabled one', () => expect(nameFor('203.0.113.8')).toBe('carrier'))

  it('[TR2] is the registration whose contact is called, wherever the call comes from', () => {
    expect(find({ address: '203.0.113.7', contactUser: 'token-silent' })).toMatchObject({
      trunk: { name: 'silent' },
      by: 'contact',
    })
    expect(nameFor('203.0.113.7', 'unused-carrier')).toBe('desk')
  })

  it('is none when nobody has the address, or it is none', () => {
    const only = trunkFinder([byAddress('here', '127.0.0.1/32')])
    expect(only({ address: '127.0.0.2', contactUser: '' })).toBeUndefined()
    expect(only({ address: 'nonsense', contactUser: '' })).toBeUndefined()
  })
})

describe('a registration', () => {
  const accepted = (at: number, spread = 0.5) =>
    ({ type: 'accepted', at, grantedMs: 100_000, address: '203.0.113.9', spread }) as const
  const refused = (at: number, retryAfterMs: number | null = null) =>
    ({ type: 'refused', at, status: 403, reason: 'Forbidden', retryAfterMs, firstPauseMs: 2000 }) as const
  const steps = (...events: Parameters<typeof registration.step>[1][]) =>
    events.reduce<Registration>((state, event) => unwrap(registration.step(state, event)), {
      state: 'trying',
      since: 0,
    })

  it('[TR7] is refreshed at 80 to 90 % of what was granted', () => {
    const refreshes = [0, 0.5, 1].map((spread) => steps(accepted(1000, spread)))
    expect(refreshes.map((s) => s.state === 'registered' && s.refreshAt)).toEqual([81_000, 86_000, 91_000])
  })

  it('[TR8] pauses longer after each failure, at most five minutes', () => {
    const pauses = [1, 2, 3, 9, 40].map((n) => steps(...Array.from({ length: n }, () => refused(0))))
    expect(pauses.map((s) => s.state === 'failing' && s.retryAt)).toEqual([2000, 4000, 8000, 300_000, 300_000])
  })

  it('[TR8] waits as long as the registrar asks, up to an hour', () => {
    expect(steps(refused(0, 60_000))).toMatchObject({ retryAt: 60_000 })
    expect(steps(refused(0, 86_400_000))).toMatchObject({ retryAt: 3_600_000 })
  })

  it('[TR9] keeps since when its state began, and where the registrar was', () => {
    expect(steps(accepted(1000), accepted(90_000))).toMatchObject({ since: 1000, until: 190_000 })
    expect(steps(accepted(1000), refused(90_000), refused(95_000))).toMatchObject({
      ...{ state: 'failing', since: 90_000, failures: 2, address: '203.0.113.9' },
    })
    expect(steps(refused(5), accepted(10))).toMatchObject({ state: 'registered', since: 10 })
  })
})
