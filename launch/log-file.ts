import { closeSync, mkdirSync, openSync, renameSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

const rotateAtBytes = 10 * 1024 * 1024

export type LogFile = { path: string; write(line: string): void; close(): void }

/**
 * A log file of whole lines. When it is full it becomes `<name>.1`, replacing the one before, and starts anew. What
 * can't be written is dropped: a full disk must not take the calls down with the logs.
 */
export function openLogFile(path: string, maxBytes = rotateAtBytes): LogFile {
  mkdirSync(dirname(path), { recursive: true })
  let file: number | undefined = openSync(path, 'a')
  let bytes = statSync(path).size

  const rotate = () => {
    if (file !== undefined) closeSync(file)
    file = undefined
    renameSync(path, `${path}.1`)
    file = openSync(path, 'a')
    bytes = 0
  }
  return {
    path,
    write(line) {
      try {
        if (bytes > maxBytes) rotate()
        if (file !== undefined) bytes += writeSync(file, `${line}\n`)
      } catch {
        // nowhere left to say it
      }
    },
    close() {
      if (file !== undefined) closeSync(file)
      file = undefined
    },
  }
}
