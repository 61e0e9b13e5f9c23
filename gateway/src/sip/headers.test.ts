import { describe, expect, it } from 'vitest'
import { callerIdOf, fromHeader, infoDigits, nameAddress, userOf } from './headers.ts'

const request = (headers: Record<string, string>) => ({
  get: (name: string) => headers[name] ?? '',
  has: (name: string) => name in headers,
})

describe('callerIdOf', () => {
  it.each([
    [{ From: '"王建国" <sip:13900138000@10.0.0.1>;tag=1' }, { number: '13900138000', name: '王建国' }],
    [{ From: 'sip:+8613900138000@host;tag=1' }, { number: '+8613900138000', name: null }],
    [{ From: '"Anonymous" <sip:anonymous@anonymous.invalid>' }, { number: 'anonymous', name: null }],
    [{ From: '<sip:host>' }, { number: 'anonymous', name: null }],
    [
      { From: '<sip:trunk@host>', 'P-Asserted-Identity': 'Wang <tel:+8613900138000;ext=1>' },
      { number: '+8613900138000', name: 'Wang' },
    ],
  ])('%o', (headers, caller) => expect(callerIdOf(request(headers))).toEqual(caller))
})

it.each([
  ['sip:4000@127.0.0.1:5060;transport=udp', '4000'],
  ['sips:%34000:secret@host', '4000'],
  ['sip:4000;phone-context=x@host', '4000'],
  ['sip:%zz@host', '%zz'],
  ['mailto:x', ''],
])('user of %s', (uri, user) => expect(userOf(uri)).toBe(user))

it('reads quotes inside a quoted name', () => {
  expect(nameAddress('"Wang \\"JG\\"" <sip:a@b>;tag=1')).toEqual({ name: 'Wang "JG"', uri: 'sip:a@b' })
})

it('writes a name that cannot break out of its header', () => {
  expect(fromHeader({ number: '+86 1', name: 'A"\r\nVia: x' })).toBe('"A\\" Via: x" <sip:+86%201@localhost>')
})

it.each([
  ['application/dtmf-relay', 'Signal=5\r\nDuration=160', '5'],
  ['application/dtmf-relay', 'Signal= #\r\n', '#'],
  ['application/dtmf-relay', 'Duration=160\r\nSignal=10\r\n', '*'],
  ['application/dtmf-relay;charset=utf-8', 'signal=d', 'D'],
  ['application/dtmf-relay', 'Signal=16', ''],
  ['application/dtmf', '11\r\n', '#'],
  ['application/dtmf', '7', '7'],
  ['application/dtmf', 'seven', ''],
  ['text/plain', '7', ''],
])('keys of %s %j', (type, body, digits) => expect(infoDigits(type, body)).toBe(digits))
