import { TrunkView } from '@ringdown/core/contract'
import { expect, it } from 'vitest'
import { trunkOf, valuesOf } from './trunk-values.ts'

const id = '7d3f5a0e-7c1b-4c7e-9d75-0a5a1b6f2c11'
const common = { id, name: 'Carrier', enabled: true, defaultCountry: 'GB', numbers: ['4000', '4001'], maxCalls: 30 }
const address = TrunkView.parse({ ...common, kind: 'address', addresses: ['203.0.113.0/24', '::1/128'] })
const account = TrunkView.parse({
  ...{ ...common, kind: 'registration', registrar: 'sip.example.com', transport: 'tcp', username: '0216' },
  ...{ authUser: 'auth', expiresS: 600, hasPassword: true, registration: null },
})

it.each([address, account])('asks for $kind as it is when nothing was changed', (trunk) => {
  const { id: _, ...rules } = trunk
  expect(rules).toMatchObject(trunkOf(valuesOf(trunk)))
})

it('reads lists however they are separated, and a country in small letters', () => {
  const values = {
    ...valuesOf(address),
    addresses: '10.0.0.0/8，127.0.0.1;\n ::1 ',
    numbers: '',
    defaultCountry: 'cn ',
  }
  expect(trunkOf(values)).toMatchObject({
    ...{ addresses: ['10.0.0.0/8', '127.0.0.1', '::1'], numbers: [], defaultCountry: 'CN' },
  })
})

it('sends a password only when one was typed, and no field of the other kind', () => {
  expect(trunkOf(valuesOf(account))).not.toHaveProperty('password')
  expect(trunkOf({ ...valuesOf(account), password: 'new' })).toMatchObject({ password: 'new', authUser: 'auth' })
  expect(trunkOf({ ...valuesOf(account), kind: 'address', addresses: '::1', password: 'new' })).toEqual({
    ...{ name: 'Carrier', enabled: true, defaultCountry: 'GB', numbers: ['4000', '4001'], maxCalls: 30 },
    ...{ kind: 'address', addresses: ['::1'] },
  })
})
