import { unwrap } from '@ringdown/core/kernel'
import { describe, expect, it } from 'vitest'
import { Caller } from '../caller.fixture.ts'
import { parseFlow } from '../flow.ts'
import type { Facts } from '../state.ts'

const label = { zh: '甲', en: 'A' }

/** A flow of the one node under test; each of its exits rings off with a prompt of the exit's name. */
function through(type: string, config: unknown, exits: string[], known: Partial<Facts> = {}): Caller {
  const ends = exits.map((name) => [
    `end-${name.replaceAll('_', '-')}`,
    { type: 'hang-up', label, config: { prompts: [name.replaceAll('_', '-')] } },
  ])
  const leads = exits.map((name) => [name, `end-${name.replaceAll('_', '-')}`])
  const nodes = { subject: { type, label, config, exits: Object.fromEntries(leads) }, ...Object.fromEntries(ends) }
  const flow = { version: 1, name: 'Test', language: 'zh', start: 'subject', afterCall: null, nodes }
  return new Caller(unwrap(parseFlow(flow)), 'start', known)
}

describe('menu', () => {
  const config = { prompts: ['ask'], invalid: ['wrong'], noInput: ['silent'], attempts: 2, choices: { '1': { label } } }

  it('[ND1] asks again after a wrong key and after none, then fails', () => {
    const caller = through('menu', config, ['1', 'failed'])
    caller.press('7')
    expect(caller.hears()).toEqual(['wrong', 'ask'])
    caller.listens()
    expect(caller.last('wait')).toMatchObject({ ms: 5000 })
    caller.listens()
    expect(caller.hears()).toEqual(['failed'])
  })

  it('[ND1] remembers the choice as a step of the path', () => {
    const caller = through('menu', config, ['1', 'failed']).press('1')
    expect(caller.path()).toEqual(['甲 1'])
    expect(caller.facts().chosen).toEqual({ subject: '1' })
  })

  it('[ND2] swallows keys while a prompt may not be interrupted', () => {
    const caller = through('menu', { ...config, interruptible: false }, ['1', 'failed']).press('1')
    expect(caller.path()).toEqual([])
    expect(caller.listens().press('1').path()).toEqual(['甲 1'])
  })
})

describe('collect', () => {
  const config = { prompts: ['ask'], invalid: ['wrong'], noInput: ['silent'], minDigits: 3, maxDigits: 5, attempts: 2 }
  const exits = ['collected', 'failed']

  it.each([
    ['the terminator', (c: Caller) => c.presses('1234#'), '1234'],
    ['the last digit', (c: Caller) => c.presses('12345'), '12345'],
    ['a pause', (c: Caller) => c.presses('123').listens(), '123'],
  ])('[ND3] ends at %s', (_, enter, digits) => {
    expect(enter(through('collect', config, exits)).facts().collected).toBe(digits)
  })

  it('[ND4] asks again for too few digits and for none, then fails', () => {
    const caller = through('collect', config, exits).presses('12#')
    expect(caller.hears()).toEqual(['wrong', 'ask'])
    caller.presses('#')
    expect(caller.hears()).toEqual(['failed'])
    expect(caller.facts().collected).toBeNull()
  })
})

describe('look-up-customer', () => {
  it.each([
    ['one', 'found'],
    ['many', 'many'],
    ['none', 'not-found'],
    ['failed', 'failed'],
  ] as const)('[ND5] %s leads to %s', (found, exit) => {
    const caller = through('look-up-customer', { by: 'number' }, ['found', 'not_found', 'many', 'failed'])
    expect(caller.isFound(found).hears()).toEqual([exit])
  })
})

describe('condition', () => {
  it.each([
    [{ fact: 'grade', is: ['A', 'B'] }, 'yes'],
    [{ fact: 'grade', is: ['C'] }, 'no'],
    [{ fact: 'number', beginsWith: ['+86'] }, 'yes'],
    [{ fact: 'code', known: true }, 'no'],
  ])('%o is %s', (test, exit) => {
    expect(through('condition', { all: [test] }, ['yes', 'no'], { grade: 'A' }).hears()).toEqual([exit])
  })
})

describe('business-hours', () => {
  const week = { mon: [['09:00', '18:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] }
  const exits = ['open', 'closed']
  // The caller of these tests calls on Monday 2026-01-05, 10:00 in Shanghai, 02:00 UTC.
  it.each([
    ['open at ten in Shanghai', { timeZone: 'Asia/Shanghai', week }, 'open'],
    ['closed in London', { timeZone: 'Europe/London', week }, 'closed'],
    ['closed on a holiday', { timeZone: 'Asia/Shanghai', week, holidays: ['2026-01-05'] }, 'closed'],
    [
      'open on a make-up workday',
      { timeZone: 'Asia/Shanghai', week, holidays: ['2026-01-05'], special: { '2026-01-05': [['08:00', '12:00']] } },
      'open',
    ],
  ])('[ND8] %s', (_, config, exit) => {
    expect(through('business-hours', config, exits).hears()).toEqual([exit])
  })
})

describe('survey', () => {
  const config = { csat: ['csat'], nps: ['nps'], attempts: 2 }
  const scores = (caller: Caller) => caller.all('record_score').map(({ score }) => score)

  it('[ND7] takes a lone 1 for 1 after a pause, and 1 0 for ten', () => {
    expect(scores(through('survey', config, ['done']).presses('41').listens())).toEqual([4, 1])
    expect(scores(through('survey', config, ['done']).presses('410'))).toEqual([4, 10])
  })

  it('[ND7] leaves an unanswered question out', () => {
    const caller = through('survey', config, ['done'])
    for (let i = 0; i < 4; i += 1) caller.listens()
    expect(caller.hears()).toEqual(['nps'])
    expect(scores(caller.press('9'))).toEqual([9])
  })

  it('[ND7] asks again after a score that does not exist', () => {
    const caller = through('survey', { ...config, invalid: ['wrong'] }, ['done']).press('8')
    expect(caller.hears()).toEqual(['wrong', 'csat'])
  })
})

describe('hang-up', () => {
  it('[ND9] says goodbye first', () => {
    const caller = through('condition', { all: [{ fact: 'code', known: false }] }, ['yes', 'no'])
    expect(caller.last('hang_up')).toBeUndefined()
    expect(caller.listens().last('hang_up')).toMatchObject({ reason: 'flow_ended' })
  })
})
