import { expect, it } from 'vitest'
import { type ColumnLayout, fitLayout, moveColumn, resizeColumn, showColumn, stepColumn } from './column-layout.ts'

const layout: ColumnLayout = ['a', 'b', 'c'].map((key) => ({ key, width: null, shown: true }))
const keys = (columns: ColumnLayout) => columns.map(({ key }) => key).join('')

it('fits a stored layout: keeps its order, drops the unknown and the twice named, appends the new', () => {
  const stored = ['c', 'gone', 'a', 'c'].map((key) => ({ key, width: 90, shown: false }))
  expect(fitLayout(['a', 'b', 'c'], stored)).toEqual([
    { key: 'c', width: 90, shown: false },
    { key: 'a', width: 90, shown: false },
    { key: 'b', width: null, shown: true },
  ])
  expect(fitLayout(['a', 'b', 'c'], undefined)).toEqual(layout)
})

it('moves a column before another, or to the end', () => {
  expect(keys(moveColumn(layout, 'c', 'a'))).toBe('cab')
  expect(keys(moveColumn(layout, 'a', null))).toBe('bca')
  expect(keys(moveColumn(layout, 'b', 'b'))).toBe('abc')
  expect(keys(moveColumn(layout, 'b', 'gone'))).toBe('abc')
})

it('steps a column, not beyond the ends', () => {
  expect(keys(stepColumn(layout, 'a', 1))).toBe('bac')
  expect(keys(stepColumn(layout, 'a', -1))).toBe('abc')
  expect(keys(stepColumn(layout, 'c', 1))).toBe('abc')
})

it('keeps widths between the narrowest and the widest, and gives the own width back', () => {
  expect(resizeColumn(layout, 'a', 3)[0]?.width).toBe(60)
  expect(resizeColumn(layout, 'a', 9000)[0]?.width).toBe(800)
  expect(resizeColumn(resizeColumn(layout, 'a', 200), 'a', null)).toEqual(layout)
})

it('never hides the last column', () => {
  const one = showColumn(showColumn(layout, 'a', false), 'b', false)
  expect(one.map(({ shown }) => shown)).toEqual([false, false, true])
  expect(showColumn(one, 'c', false)).toEqual(one)
})
