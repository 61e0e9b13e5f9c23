import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from './refusal.ts'

/**
 * Makes the data folder ours for as long as this process lives, so that no two starts work on one database. The mark of
 * a killed process is replaced.
 *
 * @returns gives the folder free again
 * @throws Refusal when another start is at work on it, or the folder can't be written
 */
export function claimDataFolder(dataDir: string): () => void {
  const mark = join(dataDir, 'start.pid')
  try {
    // PostgreSQL, when it runs as a user of its own, passes through the folder; what calls leave behind is the owner's alone
    mkdirSync(dataDir, { recursive: true, mode: 0o711 })
    for (const name of ['logs', 'recordings']) mkdirSync(join(dataDir, name), { recursive: true, mode: 0o700 })
    if (!write(mark)) {
      const owner = Number(readFileSync(mark, 'utf8'))
      if (isStart(owner)) {
        throw new Refusal(
          `Ringdown is already running on ${dataDir} (process ${owner}). Stop it first, or give this one a folder and ports ` +
            'of its own: see docs/settings.md.',
        )
      }
      rmSync(mark)
      if (!write(mark)) throw new Refusal(`Another Ringdown is starting on ${dataDir} at this moment.`)
    }
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(
      `The data folder can't be used: ${(error as Error).message}. RINGDOWN_DATA_DIR chooses another one.`,
    )
  }
  return () => rmSync(mark, { force: true })
}

function write(mark: string): boolean {
  try {
    const file = openSync(mark, 'wx')
    writeSync(file, String(process.pid))
    closeSync(file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Process ids are reused: only a process that runs the start command counts. */
function isStart(pid: number): boolean {
  if (pid === process.pid) return false
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('start.ts')
  } catch {
    return false
  }
}
