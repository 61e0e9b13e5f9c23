import { createHash, randomBytes } from 'node:crypto'
import { type Header, header, type SipRequest, type SipResponse } from './message.ts'

export type Credentials = { username: string; password: string }
export type DigestAlgorithm = 'MD5' | 'SHA-256'
export type Challenge = {
  realm: string
  nonce: string
  algorithm: DigestAlgorithm
  opaque?: string
  qop?: string
  stale: boolean
}

/** The header that answers a 401 or 407, or undefined when no challenge in it can be met (RFC 7616, RFC 8760).
 *  Of several challenges the first that we can do is taken, as RFC 8760 2.4 asks; `only` narrows the choice. */
export function answerChallenge(
  response: SipResponse,
  request: SipRequest,
  credentials: Credentials,
  only?: DigestAlgorithm,
): Header | undefined {
  const proxy = response.status === 407
  const offered = response.headers.filter(([name]) => name === (proxy ? 'Proxy-Authenticate' : 'WWW-Authenticate'))
  const challenge = offered
    .map(([, value]) => parseChallenge(value))
    .find((c) => c !== undefined && (only === undefined || c.algorithm === only))
  if (!challenge) return undefined
  return [proxy ? 'Proxy-Authorization' : 'Authorization', authorization(challenge, request, credentials)]
}

export function parseChallenge(value: string): Challenge | undefined {
  if (!/^digest\s/i.test(value)) return undefined
  const fields = parseFields(value)
  const algorithm = (fields.algorithm ?? 'MD5').toUpperCase()
  if (algorithm !== 'MD5' && algorithm !== 'SHA-256') return undefined
  const qops = fields.qop?.split(',').map((q) => q.trim())
  if (qops && !qops.includes('auth')) return undefined
  return {
    realm: fields.realm ?? '',
    nonce: fields.nonce ?? '',
    algorithm,
    stale: fields.stale?.toLowerCase() === 'true',
    ...(fields.opaque !== undefined && { opaque: fields.opaque }),
    ...(qops && { qop: 'auth' }),
  }
}

/** True when the request proves the password for this challenge: what a registrar checks. */
export function isAuthorized(request: SipRequest, challenge: Challenge, credentials: Credentials): boolean {
  const value = header(request, 'Authorization') ?? header(request, 'Proxy-Authorization')
  if (!value) return false
  const sent = parseFields(value)
  if (sent.nonce !== challenge.nonce || sent.realm !== challenge.realm || sent.username !== credentials.username)
    return false
  const proof = { nc: sent.nc ?? '', cnonce: sent.cnonce ?? '' }
  return sent.response === digest(challenge, request.method, sent.uri ?? '', credentials, proof)
}

function authorization(challenge: Challenge, request: SipRequest, credentials: Credentials): string {
  const proof = { nc: '00000001', cnonce: randomBytes(8).toString('hex') }
  const fields = [
    `username="${credentials.username}"`,
    `realm="${challenge.realm}"`,
    `nonce="${challenge.nonce}"`,
    `uri="${request.uri}"`,
    `response="${digest(challenge, request.method, request.uri, credentials, proof)}"`,
    `algorithm=${challenge.algorithm}`,
  ]
  if (challenge.opaque !== undefined) fields.push(`opaque="${challenge.opaque}"`)
  if (challenge.qop) fields.push(`qop=${challenge.qop}`, `nc=${proof.nc}`, `cnonce="${proof.cnonce}"`)
  return `Digest ${fields.join(', ')}`
}

function digest(
  { realm, nonce, algorithm, qop }: Challenge,
  method: string,
  uri: string,
  { username, password }: Credentials,
  { nc, cnonce }: { nc: string; cnonce: string },
): string {
  const hash = (text: string) =>
    createHash(algorithm === 'MD5' ? 'md5' : 'sha256')
      .update(text)
      .digest('hex')
  const ha1 = hash(`${username}:${realm}:${password}`)
  const ha2 = hash(`${method}:${uri}`)
  return hash(qop ? `${ha1}:${nonce}:${nc}:${cnonce}:${qop}:${ha2}` : `${ha1}:${nonce}:${ha2}`)
}

function parseFields(value: string): Record<string, string> {
  const fields: Record<string, string> = {}
  for (const [, name, quoted, plain] of value.matchAll(/([\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g))
    fields[name!.toLowerCase()] = quoted ?? plain ?? ''
  return fields
}
