import { expect, it } from 'vitest'
import { runSipp } from '../sipp.ts'
import { answerChallenge, parseChallenge } from './digest.ts'
import type { SipRequest, SipResponse } from './message.ts'
import { Phone } from './phone.ts'
import { Registrar } from './registrar.ts'

const alice = { username: 'alice', password: 'wonderland' }

it.each(['MD5', 'SHA-256'] as const)('registers and unregisters with %s', async (algorithm) => {
  await using registrar = await Registrar.start({ realm: 'desk', users: [alice], algorithms: [algorithm] })
  await using phone = await Phone.start({ user: 'alice', password: 'wonderland', server: registrar.hostPort })
  expect((await phone.register()).status).toBe(200)
  expect(registrar.bindings.get('alice')).toBe(phone.uri)
  expect(phone.ladder()).toEqual(['REGISTER', '401', 'REGISTER', '200'])
  await phone.unregister()
  expect(registrar.bindings.size).toBe(0)
})

it('takes the first challenge it can meet, or the one it is told to', async () => {
  await using registrar = await Registrar.start({ realm: 'desk', users: [alice], algorithms: ['SHA-256', 'MD5'] })
  for (const digest of ['SHA-256', 'MD5'] as const) {
    const only = digest === 'MD5' ? { digest } : {}
    await using phone = await Phone.start({
      user: 'alice',
      password: 'wonderland',
      server: registrar.hostPort,
      ...only,
    })
    await phone.register()
    expect(phone.messages[2]!.text).toContain(`algorithm=${digest}`)
  }
})

it('a wrong password is refused after one attempt', async () => {
  await using registrar = await Registrar.start({ realm: 'desk', users: [alice], algorithms: ['SHA-256'] })
  await using phone = await Phone.start({ user: 'alice', password: 'looking-glass', server: registrar.hostPort })
  await expect(phone.register()).rejects.toMatchObject({ name: 'RegistrationRefused', status: 401 })
  expect(registrar.requests).toEqual(['REGISTER', 'REGISTER'])
})

it('registers for longer when the registrar asks for it', async () => {
  const options = { realm: 'desk', users: [alice], algorithms: ['MD5' as const], minExpiresS: 120 }
  await using registrar = await Registrar.start(options)
  await using phone = await Phone.start({ user: 'alice', password: 'wonderland', server: registrar.hostPort })
  await phone.register(60)
  expect(phone.messages.at(-1)!.text).toContain('Expires: 120')
})

it('an INVITE proves the password too', async () => {
  await using registrar = await Registrar.start({ realm: 'desk', users: [alice], algorithms: ['SHA-256'] })
  await using phone = await Phone.start({ user: 'alice', password: 'wonderland', server: registrar.hostPort })
  const call = await phone.call('4000')
  expect(await call.untilEnded()).toMatchObject({ how: 'rejected', status: 404 })
  expect(call.ladder()).toEqual(['INVITE', '407', 'ACK', 'INVITE', '404', 'ACK'])
})

it('sipp registers with MD5', async () => {
  await using registrar = await Registrar.start({ realm: 'desk', users: [alice], algorithms: ['MD5'] })
  const ladder = await runSipp({
    scenario: 'register-with-digest',
    to: registrar.hostPort,
    service: 'alice',
    password: 'wonderland',
  })
  expect(ladder).toEqual(['REGISTER', '401', 'REGISTER', '200'])
  expect(registrar.bindings.get('alice')).toMatch(/^sip:alice@127\.0\.0\.1:/)
})

it('gives the digest of the example in RFC 2617 3.5 its shape, and refuses what it can not do', () => {
  const request: SipRequest = {
    kind: 'request',
    method: 'GET',
    uri: '/dir/index.html',
    headers: [],
    body: Buffer.alloc(0),
  }
  const challenge = 'Digest realm="testrealm@host.com", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093"'
  const response: SipResponse = {
    kind: 'response',
    status: 401,
    phrase: '',
    headers: [['WWW-Authenticate', challenge]],
    body: Buffer.alloc(0),
  }
  const credentials = { username: 'Mufasa', password: 'Circle Of Life' }
  const [name, value] = answerChallenge(response, request, credentials)!
  expect(name).toBe('Authorization')
  expect(value).toContain('response="670fd8c2df070c60b045671b8b24ff02"') // no qop: RFC 2069
  for (const other of [
    'Basic realm="x"',
    'Digest realm="x", nonce="y", algorithm=SHA-512-256',
    'Digest realm="x", nonce="y", qop="auth-int"',
  ])
    expect(parseChallenge(other)).toBeUndefined()
  expect(parseChallenge('Digest realm="x", nonce="y", qop="auth-int,auth"')?.qop).toBe('auth')
})
