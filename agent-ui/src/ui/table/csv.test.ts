import { expect, it } from 'vitest'
import { csvOf } from './csv.ts'

it('quotes, and lets no cell act as a formula', () => {
  expect(
    csvOf([
      ['a "b"', '=1+1'],
      ['+86139', '华芯'],
    ]),
  ).toBe('\uFEFF"a ""b""","\'=1+1"\r\n"\'+86139","华芯"\r\n')
})
