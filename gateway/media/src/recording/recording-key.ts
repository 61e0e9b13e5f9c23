import { createHash } from 'node:crypto'

const KEY_BYTES = 32

/** The first of the keys in the setting, 32 bytes in base64 each, separated by commas; undefined when it is malformed. */
export function sealingKey(setting: string): Buffer | undefined {
  const keys = setting.split(',').map((text) => Buffer.from(text.trim(), 'base64'))
  return keys.every((key) => key.length === KEY_BYTES) ? keys[0] : undefined
}

/** Which master key a file was sealed with, without telling the key: the first 8 bytes of its SHA-256. */
export function keyIdOf(masterKey: Buffer): Buffer {
  return createHash('sha256').update(masterKey).digest().subarray(0, 8)
}
