import { createHash } from 'node:crypto'
import { z } from 'zod'

const KEY_BYTES = 32

/** The master keys of recordings by the id that sealed files name. */
export type RecordingKeys = ReadonlyMap<string, Buffer>

/** Reads the setting: 32 bytes in base64, or several of them separated by commas, so that older files still open. */
export const RecordingKeys = z
  .string()
  .transform((text) => text.split(',').map((key) => Buffer.from(key.trim(), 'base64')))
  .refine(
    (keys) => keys.every((key) => key.length === KEY_BYTES),
    'expected 32 bytes in base64, or several with commas',
  )
  .transform((keys): RecordingKeys => new Map(keys.map((key) => [keyIdOf(key), key])))

function keyIdOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16)
}
