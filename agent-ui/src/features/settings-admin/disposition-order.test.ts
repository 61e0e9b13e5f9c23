import { expect, it } from 'vitest'
import { numbered, swapped } from './disposition-order.ts'

it('moves a row and numbers anew', () => {
  const rows = ['a', 'b', 'c'].map((key, position) => ({ key, position }))
  expect(numbered(swapped(rows, 2, 1))).toEqual([
    { key: 'a', position: 0 },
    { key: 'c', position: 1 },
    { key: 'b', position: 2 },
  ])
  expect(swapped(rows, 0, -1)).toEqual(rows)
})
