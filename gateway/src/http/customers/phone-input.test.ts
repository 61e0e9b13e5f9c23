import { expect, it } from 'vitest'
import { parsePhones } from './phone-input.ts'

it('reads numbers as people type them, in the country of the company', () => {
  expect(parsePhones(['139 0013 8000', '+44 20 7946 0958', '010-8888 1234'], 'CN', 'body.phones')).toEqual({
    ok: true,
    value: ['+8613900138000', '+442079460958', '+861088881234'],
  })
})

it('names the number that is none', () => {
  const refused = parsePhones(['13900138000', '12ab'], 'CN', 'body.phones')
  expect(refused).toMatchObject({ ok: false, error: { code: 'invalid_input', field: 'body.phones.1' } })
})
