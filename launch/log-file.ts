import { createWriteStream, mkdirSync, renameSync, statSync, type WriteStream } from 'node:fs'
import { dirname } from 'node:path'

const rotateAtBytes = 10 * 1024 * 1024

export type LogFile = { path: string; write(line: string): void; close(): void }

/** A log file of whole lines. When it is full it becomes `<name>.1`, replacing the one before, and starts anew. */
export function openLogFile(path: string, maxBytes = rotateAtBytes): LogFile {
  mkdirSync(dirname(path), { recursive: true })
  let bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  let stream = append(path)
  return {
    path,
    write(line) {
      if (bytes > maxBytes) {
        stream.end()
        renameSync(path, `${path}.1`)
        stream = append(path)
        bytes = 0
      }
      stream.write(`${line}\n`)
      bytes += Buffer.byteLength(line) + 1
    },
    close: () => stream.end(),
  }
}

/** A full disk must not take the calls down with the logs. */
function append(path: string): WriteStream {
  return createWriteStream(path, { flags: 'a' }).on('error', () => undefined)
}
