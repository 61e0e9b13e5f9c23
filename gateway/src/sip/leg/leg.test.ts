import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it } from 'vitest'
import { isOver, type Leg, type LegEvent, legMachine } from './leg.ts'
import { createLegs } from './legs.ts'

const normal = { party: 'agent', reason: 'normal' } as const
const events = {
  rang: { type: 'rang' },
  answering: { type: 'answering' },
  answered: { type: 'answered' },
  refused: { type: 'refused', status: 486 },
  unsent: { type: 'unsent' },
  cancelled: { type: 'cancelled' },
  cancel: { type: 'cancel' },
  bye: { type: 'bye', reason: 'normal release' },
  held: { type: 'held' },
  resumed: { type: 'resumed' },
  silent: { type: 'silent' },
  heard: { type: 'heard' },
  silence_over: { type: 'silence_over' },
  server_lost: { type: 'server_lost' },
  hang_up: { type: 'hang_up', why: normal },
  left: { type: 'left' },
} as const satisfies { [T in LegEvent['type']]: Extract<LegEvent, { type: T }> }
type Name = keyof typeof events

const log = pino({ level: 'silent' })
const incoming: Leg = { side: 'caller', state: 'offered' }
const outgoing: Leg = { side: 'agent', state: 'dialing' }
const open = (first: Leg) => createLegs(log).open(first, () => undefined)

/** A leg after these events, every one of which must be legal. */
function after(first: Leg, ...names: Name[]): Leg {
  const leg = open(first)
  for (const name of names) expect(leg.step(events[name]), `${name} in ${leg.now.state}`).toBe(true)
  return leg.now
}

const talking = ['answering', 'answered'] as const satisfies Name[]
const legal: Record<Leg['state'], { leg: Leg; can: Name[] }> = {
  offered: { leg: incoming, can: ['answering', 'refused', 'cancelled', 'server_lost'] },
  answering: { leg: after(incoming, 'answering'), can: ['answered', 'cancelled', 'unsent', 'server_lost'] },
  dialing: { leg: outgoing, can: ['rang', 'answered', 'refused', 'cancel', 'unsent', 'server_lost'] },
  early: { leg: after(outgoing, 'rang'), can: ['rang', 'answered', 'refused', 'cancel', 'unsent', 'server_lost'] },
  cancelling: { leg: after(outgoing, 'cancel'), can: ['rang', 'answered', 'refused', 'unsent', 'left', 'server_lost'] },
  answered: { leg: after(incoming, ...talking), can: ['bye', 'hang_up', 'server_lost', 'held', 'silent', 'heard'] },
  held: {
    leg: after(incoming, ...talking, 'held'),
    can: ['bye', 'hang_up', 'server_lost', 'resumed', 'silent', 'heard'],
  },
  silent: {
    leg: after(incoming, ...talking, 'silent'),
    can: ['bye', 'hang_up', 'server_lost', 'held', 'heard', 'silence_over'],
  },
  stranded: {
    leg: after(incoming, ...talking, 'server_lost'),
    can: ['bye', 'hang_up', 'server_lost', 'held', 'resumed', 'silent', 'heard', 'silence_over'],
  },
  leaving: { leg: after(incoming, ...talking, 'hang_up'), can: ['bye', 'left', 'server_lost', 'silent', 'heard'] },
  ended: { leg: after(incoming, 'cancelled'), can: [] },
}

describe('[LG1] moves only as the table says', () => {
  it.each(Object.entries(legal))('%s', (_, { leg, can }) => {
    const possible = Object.values(events).filter((event) => legMachine.can(leg, event))
    expect(possible.map(({ type }) => type).sort()).toEqual([...can].sort())
  })

  it('and counts what it cannot have', () => {
    const legs = createLegs(log)
    const leg = legs.open(incoming, () => 'call-1')
    expect([leg.step(events.rang), leg.step(events.rang), leg.step(events.cancelled), leg.step(events.bye)]).toEqual([
      ...[false, false, true, false],
    ])
    expect(legs.figures).toEqual({
      alive: [],
      ended: [{ labels: { side: 'caller', party: 'caller', reason: 'cancelled' }, count: 1 }],
      illegal: [
        { labels: { state: 'offered', event: 'rang' }, count: 2 },
        { labels: { state: 'ended', event: 'bye' }, count: 1 },
      ],
    })
  })
})

/** Ours, and those of our clocks: what remains when nobody else says anything any more. */
const own: LegEvent[] = [{ type: 'refused', status: 503 }, events.cancel, events.hang_up, events.unsent, events.left]
const anyLeg = fc.constantFrom(incoming, outgoing)
const anyEvents = fc.array(fc.constantFrom(...Object.values(events)), { maxLength: 40 })

describe('whatever happens in whatever order', () => {
  it('[LG3] a leg ends at most once, never leaves its end, and why is decided once', () => {
    fc.assert(
      fc.property(anyLeg, anyEvents, (first, happening) => {
        const leg = open(first)
        const ends: Leg[] = []
        const decisions = new Set<string>()
        leg.watch((now) => {
          if (now.state === 'ended') ends.push(now)
          if (isOver(now)) decisions.add(JSON.stringify(now.why))
        })
        for (const event of happening) {
          const before = leg.now
          leg.step(event)
          if (isOver(before)) expect(isOver(leg.now)).toBe(true)
          if (before.state === 'ended') expect(leg.now).toBe(before)
        }
        expect(ends.length).toBe(leg.now.state === 'ended' ? 1 : 0)
        expect(decisions.size).toBe(isOver(leg.now) ? 1 : 0)
      }),
      { numRuns: 2000 },
    )
  })

  it('[LG4] our own deeds and clocks end it', () => {
    fc.assert(
      fc.property(anyLeg, anyEvents, (first, happening) => {
        const leg = open(first)
        for (const event of happening) leg.step(event)
        for (const event of own) leg.step(event)
        expect(leg.now.state).toBe('ended')
      }),
      { numRuns: 1000 },
    )
  })

  it('[LG1] illegal events leave no trace but the count', () => {
    fc.assert(
      fc.property(anyLeg, anyEvents, (first, happening) => {
        const [tried, legalOnly] = [open(first), open(first)]
        for (const event of happening) {
          tried.step(event)
          if (legalOnly.can(event)) legalOnly.step(event)
        }
        expect(tried.now).toEqual(legalOnly.now)
      }),
    )
  })
})

describe('the way it ends', () => {
  it('[LG7] what we dial and give up is cancelled by us, whatever the phone says then', () => {
    const cancelled = { state: 'ended', why: { party: 'system', reason: 'cancelled' } }
    for (const last of ['refused', 'left', 'unsent', 'server_lost'] as const) {
      expect(after(outgoing, 'rang', 'cancel', last)).toMatchObject(cancelled)
    }
    expect(after(outgoing, 'cancel', 'answered')).toMatchObject({ ...cancelled, state: 'leaving' })
    expect(after(outgoing, 'cancel', 'answered', 'bye')).toMatchObject(cancelled)
  })

  it('[LG8] a phone that rang and one that did not differ', () => {
    const gaveUp = { type: 'refused', status: 408 } as const
    const why = (...names: Name[]) => {
      const leg = open(outgoing)
      for (const name of names) leg.step(events[name])
      leg.step(gaveUp)
      return leg.now
    }
    expect(why()).toMatchObject({ why: { party: 'network', reason: 'unreachable' } })
    expect(why('rang')).toMatchObject({ why: { party: 'agent', reason: 'no_answer' } })
  })

  it('[LG9] a hold neither loses nor invents silence', () => {
    expect(after(incoming, ...talking, 'held', 'resumed').state).toBe('answered')
    expect(after(incoming, ...talking, 'silent', 'held', 'resumed').state).toBe('silent')
    expect(after(incoming, ...talking, 'silent', 'held', 'heard', 'resumed').state).toBe('answered')
  })

  it('[LG10] silence that lasts is hung up as a media timeout', () => {
    const why = { party: 'network', reason: 'media_timeout' }
    expect(after(incoming, ...talking, 'silent', 'silence_over')).toMatchObject({ state: 'leaving', why })
    expect(after(incoming, ...talking, 'server_lost', 'silence_over', 'left')).toMatchObject({ state: 'ended', why })
  })

  it('[LG11] a lost SIP server ends what has no answer and strands what talks', () => {
    const unreachable = { state: 'ended', why: { party: 'system', reason: 'unreachable' } }
    for (const leg of [incoming, after(incoming, 'answering'), outgoing, after(outgoing, 'rang')]) {
      expect(after(leg, 'server_lost')).toMatchObject(unreachable)
    }
    for (const last of ['heard', 'held', 'silent'] as const) {
      expect(after(incoming, ...talking, last, 'server_lost', 'server_lost').state).toBe('stranded')
    }
  })
})
