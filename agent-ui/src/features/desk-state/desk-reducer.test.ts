import type { DeskView } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { nothingYet, receive } from './desk-reducer.ts'

const view = (version: number, now: number, signedInAt: number | null = 1): DeskView => ({
  version,
  now,
  agent: signedInAt === null ? null : ({ session: { signedInAt, seenAt: now } } as DeskView['agent']),
  offer: null,
  call: null,
  wrapUp: null,
})

it('ignores a view that was overtaken on the way', () => {
  const state = receive(nothingYet, view(7, 1000), 1000)
  expect(receive(state, view(6, 1005), 1005)).toBe(state)
})

it('takes a change that does not concern the agent record, such as mute', () => {
  const state = receive(nothingYet, view(7, 1000), 1000)
  expect(receive(state, view(7, 1500), 1500).view?.now).toBe(1500)
  expect(receive(state, view(7, 900), 1500)).toBe(state)
})

it('takes the end of the shift and a new shift, whose versions begin again', () => {
  const working = receive(nothingYet, view(90, 1000), 1000)
  const signedOut = receive(working, view(0, 2000, null), 2000)
  expect(signedOut.view?.agent).toBeNull()
  expect(receive(signedOut, view(1, 3000, 3000), 3000).view?.version).toBe(1)
})

it('keeps timers steady against network jitter, yet follows a clock that was set', () => {
  const state = receive(nothingYet, view(1, 5000), 4000)
  expect(state.offsetMs).toBe(1000)
  expect(receive(state, view(2, 6100), 5300).offsetMs).toBe(1000)
  expect(receive(state, view(2, 96_000), 5000).offsetMs).toBe(91_000)
})
