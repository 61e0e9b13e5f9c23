import { createHash } from 'node:crypto'

/** The digest realm of agents' phones. */
export const SIP_REALM = 'ringdown'

/** H(user:realm:password) of RFC 7616, in hex: enough to check a phone, useless for signing in to the page. */
export type SipHa1 = { md5: string; sha256: string }

export function sipHa1(extension: string, password: string): SipHa1 {
  const secret = `${extension}:${SIP_REALM}:${password}`
  const hex = (algorithm: string) => createHash(algorithm).update(secret).digest('hex')
  return { md5: hex('md5'), sha256: hex('sha256') }
}
