import { createHash, randomBytes } from 'node:crypto'
import { type Credentials, readCredentials } from './digest.ts'

export type Login = { username: string; password: string }

/**
 * Answers a 401 or 407 (RFC 7616 3.4): of several challenges the first that we can meet, as RFC 8760 2.4 asks.
 * @param header every challenge of the response, joined as srf joins them
 * @returns the value of Authorization or Proxy-Authorization; null: none that we can meet
 */
export function answerChallenge(
  header: string,
  request: { method: string; uri: string },
  login: Login,
  cnonce: string = randomBytes(8).toString('hex'),
): string | null {
  const challenge = header
    .split(/,\s*(?=Digest\s)/i)
    .map(readCredentials)
    .find((one) => one !== null && canMeet(one))
  return challenge ? answer(challenge, request, login, cnonce) : null
}

/** Was the answer fine but its nonce too old? Then a second answer is worth it. */
export const isStale = (header: string): boolean => /\bstale\s*=\s*"?true/i.test(header)

function canMeet({ algorithm = 'MD5', qop, realm, nonce }: Credentials): boolean {
  const known = /^(MD5|SHA-256)$/i.test(algorithm)
  return known && realm !== undefined && nonce !== undefined && (qop === undefined || qops(qop).includes('auth'))
}

const qops = (list: string) => list.split(',').map((qop) => qop.trim().toLowerCase())

function answer(
  { algorithm, realm = '', nonce = '', qop, opaque }: Credentials,
  { method, uri }: { method: string; uri: string },
  { username, password }: Login,
  cnonce: string,
): string {
  const hash = (text: string) =>
    createHash(/^sha-256$/i.test(algorithm ?? '') ? 'sha256' : 'md5')
      .update(text)
      .digest('hex')
  const ha1 = hash(`${username}:${realm}:${password}`)
  const ha2 = hash(`${method}:${uri}`)
  const nc = '00000001'
  const response = hash(qop === undefined ? `${ha1}:${nonce}:${ha2}` : `${ha1}:${nonce}:${nc}:${cnonce}:auth:${ha2}`)
  const fields = { username, realm, nonce, uri, response, ...(opaque !== undefined && { opaque }) }
  const quoted = Object.entries(fields).map(([name, value]) => `${name}="${value.replace(/["\\]/g, '\\$&')}"`)
  const plain = [algorithm && `algorithm=${algorithm}`, qop !== undefined && `qop=auth, nc=${nc}, cnonce="${cnonce}"`]
  return `Digest ${[...quoted, ...plain.filter(Boolean)].join(', ')}`
}
