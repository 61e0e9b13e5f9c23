import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'

/** Length and SHA-256 (hex) of a file, read in small pieces. */
export async function fileFacts(path: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk)
    bytes += chunk.length
  }
  return { bytes, sha256: hash.digest('hex') }
}
