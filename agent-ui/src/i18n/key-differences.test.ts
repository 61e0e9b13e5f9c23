import { expect, it } from 'vitest'
import { en } from './en/index.ts'
import { keyDifferences } from './key-differences.ts'
import { zh } from './zh/index.ts'

it('finds a key that one language lacks, and a placeholder that was lost', () => {
  expect(keyDifferences({ a: { b: 'x' }, c: '{{n}} 个' }, { a: {}, c: 'some' })).toEqual([
    'a.b: missing in the second',
    'c: other placeholders',
  ])
})

it('has every text in Chinese and in English', () => {
  expect(keyDifferences(zh, en)).toEqual([])
})
