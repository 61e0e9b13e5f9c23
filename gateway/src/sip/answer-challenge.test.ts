import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { answerChallenge, isStale } from './answer-challenge.ts'
import { proves, readCredentials } from './digest.ts'

const login = { username: 'Mufasa', password: 'Circle of Life' }
const request = { method: 'GET', uri: '/dir/index.html' }
const nonce = '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v'
const challenge = (algorithm: string) =>
  `Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=${algorithm}, nonce="${nonce}", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"`
const cnonce = 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ'
const responseTo = (header: string) => readCredentials(answerChallenge(header, request, login, cnonce) ?? undefined)

describe('answers', () => {
  it.each([
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])('the example of RFC 7616 3.9.1 with %s', (algorithm, response) => {
    expect(responseTo(challenge(algorithm))).toMatchObject({ response, qop: 'auth', nc: '00000001', algorithm })
  })

  it('the first of several that it can meet', () => {
    const joined = `${challenge('SHA-512-256')}, ${challenge('SHA-256')}, ${challenge('MD5')}`
    expect(responseTo(joined)).toMatchObject({ algorithm: 'SHA-256' })
  })

  it('an old one without qop, and one whose names hold quotes', () => {
    const odd = { username: 'a"b\\c', password: 'x' }
    const answered = readCredentials(answerChallenge('digest realm="r", nonce=n', request, odd) ?? undefined)
    const md5 = createHash('md5').update('a"b\\c:r:x').digest('hex')
    expect(answered).toMatchObject({ username: 'a"b\\c', nonce: 'n' })
    expect(answered).not.toHaveProperty('qop')
    expect(proves(answered ?? {}, 'GET', { md5, sha256: '' })).toBe(true)
  })
})

it.each([
  '',
  'Basic realm="x"',
  'Digest realm="x"',
  challenge('MD5-sess'),
  'Digest realm="x", nonce="n", qop="auth-int"',
])('gives up on %j', (header) => expect(answerChallenge(header, request, login)).toBeNull())

it('knows a nonce that is merely old', () => {
  expect([isStale(`${challenge('MD5')}, stale=TRUE`), isStale(challenge('MD5'))]).toEqual([true, false])
})
