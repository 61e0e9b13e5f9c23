import { expect, it } from 'vitest'
import { type HeadsetEvent, type HeadsetState, nextHeadset, problemOf } from './headset-state.ts'

const after = (...events: HeadsetEvent[]) => events.reduce<HeadsetState>(nextHeadset, { state: 'off' })

it('connects through permission and link', () => {
  expect(after({ type: 'start' }, { type: 'microphone' }, { type: 'linked' })).toEqual({ state: 'connected' })
})

it('connects again by itself when the link is lost', () => {
  expect(after({ type: 'start' }, { type: 'microphone' }, { type: 'linked' }, { type: 'lost' }).state).toBe(
    'connecting',
  )
})

it('stays with the other page until the user asks for it back', () => {
  const taken = after({ type: 'start' }, { type: 'microphone' }, { type: 'linked' }, { type: 'replaced' })
  expect(nextHeadset(taken, { type: 'lost' })).toBe(taken)
  expect(nextHeadset(taken, { type: 'start' })).toEqual({ state: 'asking' })
})

it('says which problem it is', () => {
  const failed = after({ type: 'start' }, { type: 'failed', problem: 'denied', message: '' })
  expect(failed).toEqual({ state: 'error', problem: 'denied', message: '' })
  expect(problemOf(Object.assign(new Error(), { name: 'NotFoundError' }))).toBe('missing')
})
