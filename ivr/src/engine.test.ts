import { unwrap } from '@ringdown/core/kernel'
import { describe, expect, it } from 'vitest'
import demo from '../flows/demo.json' with { type: 'json' }
import { Caller } from './caller.fixture.ts'
import { begin, step } from './engine.ts'
import { type Flow, parseFlow } from './flow.ts'

const demoFlow = unwrap(parseFlow(demo))
const label = { zh: '甲', en: 'A' }
const flowOf = (start: string, nodes: Record<string, unknown>, afterCall: string | null = null): Flow =>
  unwrap(parseFlow({ version: 1, name: 'Test', language: 'zh', start, afterCall, nodes }))
const end = { type: 'hang-up', label }

describe('the demo flow', () => {
  it('takes a caller who knows his code to the after-sales queue', () => {
    const caller = new Caller(demoFlow)
    caller.presses('1')
    expect(caller.last('set_language')).toMatchObject({ language: 'zh' })
    caller.presses('1')
    caller.presses('100237#')
    expect(caller.last('look_up')).toMatchObject({ by: 'code', code: '100237' })
    caller.isFound('one', 'A')
    expect(caller.hears()).toEqual(['recognised'])
    caller.listens()
    expect(caller.last('enqueue')).toMatchObject({ queue: 'after-sales' })
    expect(caller.path()).toEqual(['中文 1', '售后 1', '代码 100237'])
    expect(caller.facts()).toMatchObject({ match: 'one', code: '100237', grade: 'A' })
  })

  it('goes on unverified after three wrong codes', () => {
    const caller = new Caller(demoFlow)
    caller.presses('2').presses('3')
    for (const code of ['111111#', '222222#', '333333#']) {
      caller.presses(code)
      caller.isFound('none')
      expect(caller.hears()).toEqual(['code-wrong'])
      caller.listens()
    }
    expect(caller.hears()).toEqual(['code-given-up'])
    caller.listens()
    expect(caller.last('enqueue')).toMatchObject({ queue: 'complaints' })
    expect(caller.facts()).toMatchObject({ language: 'en', code: null })
  })

  it('[IV5] brings a caller who presses nothing to the operator, in Chinese', () => {
    const caller = new Caller(demoFlow)
    for (let i = 0; i < 40 && !caller.last('enqueue'); i += 1) caller.listens()
    expect(caller.last('enqueue')).toMatchObject({ queue: 'operator' })
    expect(caller.facts()).toMatchObject({ language: 'zh' })
  })

  it('[ND6] leaves the queue by key once the queue lets go, and repeats the wait by key', () => {
    const caller = new Caller(demoFlow).presses('1').presses('0')
    caller.presses('*')
    expect(caller.last('announce_wait')).toBeDefined()
    caller.presses('0')
    expect(caller.last('leave_queue')).toMatchObject({ key: '0' })
    expect(caller.all('enqueue')).toHaveLength(1)
    caller.leavesQueue({ by: 'key', key: '0' })
    expect(caller.last('enqueue')).toMatchObject({ queue: 'operator', priority: 1 })
    caller.leavesQueue({ by: 'answered' })
    expect(caller.state.state).toBe('ended')
    expect(caller.last('hang_up')).toBeUndefined()
  })

  it('asks 1–5 and 0–10 after the call', () => {
    const caller = new Caller(demoFlow, 'afterCall')
    caller.presses('5').presses('1').presses('0')
    expect(caller.all('record_score').map(({ question, score }) => [question, score])).toEqual([
      ['csat', 5],
      ['nps', 10],
    ])
    caller.listens()
    expect(caller.last('hang_up')).toMatchObject({ reason: 'survey_finished' })
  })
})

describe('step', () => {
  it('[IV2] drops answers that are no longer awaited', () => {
    const caller = new Caller(demoFlow).presses('1')
    const before = caller.state
    expect(step(demoFlow, before, { type: 'play_ended', token: 1, at: 0 })).toEqual({ state: before, commands: [] })
    expect(step(demoFlow, before, { type: 'deadline', token: 99, at: 0 })).toEqual({ state: before, commands: [] })
  })

  it('[IV3] ends when the caller hangs up, and [IV1] stays ended', () => {
    const caller = new Caller(demoFlow)
    const ended = step(demoFlow, caller.state, { type: 'hung_up', at: 0 })
    expect(ended).toMatchObject({ state: { state: 'ended' }, commands: [] })
    expect(step(demoFlow, ended.state, { type: 'digit', digit: '1', at: 0 }).commands).toEqual([])
  })

  it('[IV4] ends a flow that goes round in circles', () => {
    const round = (next: string) => ({
      type: 'condition',
      label,
      config: { all: [{ fact: 'language', is: ['zh'] }] },
      exits: { yes: next, no: next },
    })
    const circle = flowOf('a', { a: round('b'), b: round('a') })
    const caller = new Caller(circle)
    expect(caller.last('hang_up')).toMatchObject({ reason: 'error' })
  })

  it('[IV6] gives a key that interrupts an announcement to the next node', () => {
    const caller = new Caller(demoFlow)
    expect(caller.hears()).toEqual(['greeting'])
    caller.press('2')
    expect(caller.facts()).toMatchObject({ language: 'en' })
  })

  it('ends at once when there is nothing after the call', () => {
    const { state, commands } = begin(flowOf('a', { a: end }), 'afterCall', new Caller(demoFlow).facts(), 0)
    expect(state.state).toBe('ended')
    expect(commands).toEqual([{ type: 'hang_up', reason: 'flow_ended' }])
  })
})
