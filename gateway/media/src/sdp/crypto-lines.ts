import { randomBytes } from 'node:crypto'
import type { MediaDescription } from './description.ts'

/** AES in counter mode with a truncated HMAC-SHA1, RFC 4568 6.2: the tag's length in bytes. */
export const suites = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 } as const
export type SuiteName = keyof typeof suites

/** Master key and salt of one direction. */
export type SrtpKey = { suite: SuiteName; master: Buffer; salt: Buffer }
/** An a=crypto line, RFC 4568 9.1. */
export type CryptoLine = SrtpKey & { tag: string }

const KEY_BYTES = 16
const SALT_BYTES = 14

/** A new key for what we send. */
export function newKey(suite: SuiteName): SrtpKey {
  return { suite, master: randomBytes(KEY_BYTES), salt: randomBytes(SALT_BYTES) }
}

/** The a=crypto lines we can do, in their order; those with a master key identifier or session parameters are left out. */
export function cryptoLines(media: MediaDescription): CryptoLine[] {
  return media.attributes.flatMap(({ name, value }) => {
    const parsed =
      name === 'crypto' ? /^(\d{1,9}) (\w+) inline:([A-Za-z0-9+/]+=*)(\|[^:;\s]+)?$/.exec(value ?? '') : null
    if (!parsed || !Object.hasOwn(suites, parsed[2]!)) return []
    const key = Buffer.from(parsed[3]!, 'base64')
    if (key.length !== KEY_BYTES + SALT_BYTES) return []
    const suite = parsed[2] as SuiteName
    return [{ tag: parsed[1]!, suite, master: key.subarray(0, KEY_BYTES), salt: key.subarray(KEY_BYTES) }]
  })
}

export function writeCryptoLine({ tag, suite, master, salt }: CryptoLine): string {
  return `a=crypto:${tag} ${suite} inline:${Buffer.concat([master, salt]).toString('base64')}`
}
