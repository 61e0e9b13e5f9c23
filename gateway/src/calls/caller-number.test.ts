import { expect, it } from 'vitest'
import { readCallerNumber } from './caller-number.ts'

it.each([
  ['13900138000', '+8613900138000', '中国移动'],
  ['+8613900138000', '+8613900138000', '移动'],
  ['008613900138000', '+8613900138000', '中国移动'],
  ['01062345678', '+861062345678', '北京'],
  ['+442079460123', '+442079460123', '英国'],
  ['+12125550123', '+12125550123', '美国'],
])('%s is %s, %s', async (sent, e164, place) => {
  const number = await readCallerNumber(sent, 'CN')
  expect(number?.e164).toBe(e164)
  expect(number?.place?.zh).toContain(place)
})

it.each(['anonymous', '1001', '', '123', '+999123'])('%j is no number of any country', async (sent) => {
  expect(await readCallerNumber(sent, 'CN')).toBeNull()
})
