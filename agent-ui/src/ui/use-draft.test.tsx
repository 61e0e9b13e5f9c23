// @vitest-environment happy-dom
import { act } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, expect, it } from 'vitest'
import { dropOldDrafts, useDraft } from './use-draft.ts'

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true })
let latest: ReturnType<typeof useDraft<string>>
function Probe({ name }: { name: string }) {
  latest = useDraft<string>(name)
  return null
}
const show = (name: string) => {
  const root = createRoot(document.createElement('div'))
  act(() => root.render(<Probe name={name} />))
  return root
}
afterEach(() => localStorage.clear())

it('finds after a reload what was written before it', () => {
  const before = show('notes:1')
  act(() => latest[1]('call back'))
  act(() => before.unmount())
  show('notes:1')
  expect(latest[0]).toBe('call back')
})

it('never shows the draft of another contact', () => {
  const root = show('notes:1')
  act(() => latest[1]('first'))
  act(() => root.render(<Probe name="notes:2" />))
  expect(latest[0]).toBeUndefined()
})

it('forgets drafts after a week', () => {
  show('notes:1')
  act(() => latest[1]('old'))
  dropOldDrafts(Date.now() + 8 * 86_400_000)
  expect(localStorage.length).toBe(0)
})
