import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { nonces, proves, readCredentials } from './digest.ts'

const hash = (algorithm: string, text: string) => createHash(algorithm).update(text).digest('hex')

it('agrees with the example of RFC 7616 3.9.1', () => {
  const secret = 'Mufasa:http-auth@example.org:Circle of Life'
  const ha1 = { md5: hash('md5', secret), sha256: hash('sha256', secret) }
  const common =
    'Digest username="Mufasa", realm="http-auth@example.org", uri="/dir/index.html", nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", nc=00000001, cnonce="f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", qop=auth'
  const read = (more: string) => readCredentials(`${common}, ${more}`) ?? {}
  const md5 = read('response="8ca523f5e9506fed4657c9700eebdbec", algorithm=MD5')
  const sha256 = read('response="753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1", algorithm=SHA-256')
  expect([proves(md5, 'GET', ha1), proves(sha256, 'GET', ha1)]).toEqual([true, true])
  expect(proves(md5, 'POST', ha1)).toBe(false)
  expect(proves({ ...md5, algorithm: 'SHA-512-256' }, 'GET', ha1)).toBe(false)
  expect(proves({ ...md5, response: '' }, 'GET', ha1)).toBe(false)
})

describe('nonces', () => {
  it('grow stale and cannot be forged', () => {
    let now = 1_000_000
    const book = nonces('secret', () => now)
    const nonce = book.next()
    expect(book.check(nonce)).toBe('good')
    expect(nonces('other', () => now).check(nonce)).toBe('forged')
    now += 301_000
    expect([book.check(nonce), book.check('x'), book.check('')]).toEqual(['stale', 'forged', 'forged'])
  })
})

it.each([undefined, '', 'Basic abc', 'Bearer x'])('%j holds no digest', (header) => {
  expect(readCredentials(header)).toBeNull()
})
