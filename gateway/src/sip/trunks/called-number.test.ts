import { expect, it } from 'vitest'
import { calledNumber } from './called-number.ts'

it.each([
  ['any', 'address', [], '4000', '4000'],
  ['its own', 'address', ['4000', '4001'], '4001', '4001'],
  ['no other', 'address', ['4000', '4001'], '4002', null],
  ['one in another spelling', 'address', ['+862161234567'], '02161234567', '+862161234567'],
  ['one in another spelling too', 'address', ['021-61234567'], '+862161234567', '021-61234567'],
  ['the only number of an account', 'registration', ['4000'], 'account-17', '4000'],
  ['no guess among two', 'registration', ['4000', '4001'], 'account-17', null],
] as const)('[TR6] carries %s', (_, kind, numbers, called, expected) => {
  expect(calledNumber({ kind, numbers: [...numbers], defaultCountry: 'CN' }, called)).toBe(expected)
})
