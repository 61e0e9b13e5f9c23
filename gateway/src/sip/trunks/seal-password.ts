import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { TrunkId } from '@ringdown/core/kernel'

/** Encrypts the passwords of trunks at rest; a sealed one opens only for the trunk it was sealed for. */
export type PasswordSeal = {
  seal(trunkId: TrunkId, password: string): string
  /** Throws when it was sealed with another session secret, for another trunk, or changed. */
  open(trunkId: TrunkId, sealed: string): string
}

/** AES-256-GCM with a key derived from the session secret (RFC 5869); what is kept is `iv.tag.text` in base64url. */
export function passwordSeal(sessionSecret: string): PasswordSeal {
  const key = Buffer.from(hkdfSync('sha256', sessionSecret, '', 'ringdown trunk passwords', 32))
  return {
    seal(trunkId, password) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(trunkId))
      const text = Buffer.concat([cipher.update(password, 'utf8'), cipher.final()])
      return [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.')
    },
    open(trunkId, sealed) {
      const [iv, tag, text] = sealed.split('.').map((part) => Buffer.from(part, 'base64url'))
      if (!iv || tag?.length !== 16 || !text) throw new Error('this is no sealed password')
      const decipher = createDecipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(trunkId)).setAuthTag(tag)
      return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
    },
  }
}
