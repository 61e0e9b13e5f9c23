import { unwrap } from '@ringdown/core/kernel'
import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import demo from '../flows/demo.json' with { type: 'json' }
import { Caller } from './caller.fixture.ts'
import { step } from './engine.ts'
import { parseFlow } from './flow.ts'
import type { IvrInput } from './input.ts'

const flow = unwrap(parseFlow(demo))
const at = fc.integer({ min: 0, max: 2 ** 42 })
const token = fc.integer({ min: 0, max: 40 })
const input: fc.Arbitrary<IvrInput> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('digit' as const), digit: fc.constantFrom(...'0123456789*#AD'), at }),
  },
  fc.record({ type: fc.constant('play_ended' as const), token, at }),
  fc.record({ type: fc.constant('deadline' as const), token, at }),
  fc.record({
    type: fc.constant('looked_up' as const),
    token,
    found: fc.constantFrom('none' as const, 'one' as const, 'many' as const, 'failed' as const),
    grade: fc.option(fc.constantFrom('A', 'B')),
    at,
  }),
  fc.record({
    type: fc.constant('queue_left' as const),
    token,
    left: fc.oneof(
      fc.record({ by: fc.constantFrom('answered' as const, 'timed_out' as const, 'unavailable' as const) }),
      fc.record({ by: fc.constant('key' as const), key: fc.constantFrom('0', '9') }),
    ),
    at,
  }),
)

it('[IV1] never throws, whatever comes, and [IV3] always ends', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('start' as const, 'afterCall' as const),
      fc.array(input, { maxLength: 80 }),
      (entry, inputs) => {
        let { state } = new Caller(flow, entry)
        let hangUps = 0
        for (const each of inputs) {
          const next = step(flow, state, each)
          hangUps += next.commands.filter(({ type }) => type === 'hang_up').length
          state = next.state
        }
        expect(hangUps).toBeLessThanOrEqual(1)
        expect(step(flow, state, { type: 'hung_up', at: 0 }).state.state).toBe('ended')
      },
    ),
    { numRuns: 500 },
  )
})

it('[IV4] a caller who keeps pressing wrong keys comes to a queue or the end', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'456789*#'), { minLength: 200, maxLength: 200 }), (keys) => {
      const caller = new Caller(flow)
      for (const key of keys) {
        if (caller.last('enqueue') || caller.state.state === 'ended') return
        caller.press(key).listens()
        if (caller.last('look_up')) caller.isFound('none')
      }
      expect.fail('still in the menus')
    }),
  )
})
