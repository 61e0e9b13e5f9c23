import { expect, it } from 'vitest'
import { formatPhone } from './phone-format.ts'

it.each([
  ['+8613900138000', '139 0013 8000'],
  ['+861065529988', '010 6552 9988'],
  ['+8675526888888', '0755 2688 8888'],
  ['+864008108888', '400 810 8888'],
  ['8001', '8001'],
  ['anonymous', 'anonymous'],
])('writes %s as %s', (e164, text) => expect(formatPhone(e164)).toBe(text))

it('asks for the format of other countries, and keeps E.164 until it is there', () => {
  expect(formatPhone('+442079460958')).toBe('+442079460958')
  expect(formatPhone('+442079460958', () => '+44 20 7946 0958')).toBe('+44 20 7946 0958')
})
