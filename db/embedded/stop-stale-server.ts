import { readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

const patienceMs = 15_000
const lookEveryMs = 20

export type StaleServer = {
  /** The name of its processes: both servers work inside their data folder, so name and folder tell them apart. */
  name: 'postgres' | 'redis-server'
  dataDir: string
  pidFile: string
  signal: 'SIGINT' | 'SIGTERM'
}

/** Stops the server that an earlier, killed run left behind on this data folder, and waits until all of it is gone. */
export async function stopStaleServer({ name, dataDir, pidFile, signal }: StaleServer): Promise<void> {
  const leader = readPid(pidFile)
  if (leader === undefined) return
  if (processesIn(dataDir, name).includes(leader)) kill(leader, signal)
  const forceAt = Date.now() + patienceMs
  for (let left = processesIn(dataDir, name); left.length > 0; left = processesIn(dataDir, name)) {
    if (Date.now() > forceAt) for (const pid of left) kill(pid, 'SIGKILL')
    await delay(lookEveryMs)
  }
  // In a container without an init process the dead leader stays a zombie, whose id PostgreSQL takes for a live server.
  rmSync(pidFile, { force: true })
}

function readPid(pidFile: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
  } catch {
    return undefined
  }
}

function processesIn(dataDir: string, name: string): number[] {
  const folder = realpathSync(dataDir)
  const isOurs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === name && readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  }
  const pids = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))
  return pids.filter(isOurs).map(Number)
}

function kill(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // gone in the meantime
  }
}
