import type { PopView } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { callerTitle } from './caller-title.ts'

const pop = (changes: object): PopView =>
  ({ match: { kind: 'none' }, customer: null, personId: null, caller: { name: null }, ...changes }) as PopView
const customer = { name: '华芯电子', people: [{ id: 'p1', name: '王建国', title: '采购经理' }] }

it('greets the person, and says where he works', () => {
  expect(callerTitle(pop({ customer, personId: 'p1' }))).toEqual({
    name: '王建国',
    detail: ['华芯电子', '采购经理'],
    kind: 'known',
  })
})

it('greets the company when only its code is known', () => {
  expect(callerTitle(pop({ customer })).name).toBe('华芯电子')
})

it('takes nobody silently out of many', () => {
  expect(callerTitle(pop({ match: { kind: 'many', candidates: [] } }))).toMatchObject({ kind: 'many', name: null })
})
