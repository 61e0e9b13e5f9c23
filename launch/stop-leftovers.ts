import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { stopStalePostgres, stopStaleRedis } from '@ringdown/db/embedded'

/** In the environment of every process of ours: the data folder it works for. */
export const ownerVariable = 'RINGDOWN_SUPERVISED_FOR'

const patienceMs = 6000
const lookEveryMs = 50

/**
 * Ends what a killed start left running on this data folder. Its processes notice by themselves that it is gone (see
 * child.ts) and are given time for that.
 */
export async function stopLeftovers(dataDir: string): Promise<void> {
  const forceAt = Date.now() + patienceMs
  for (let left = processesOf(dataDir); left.length > 0; left = processesOf(dataDir)) {
    if (Date.now() > forceAt) for (const pid of left) process.kill(pid, 'SIGKILL')
    await delay(lookEveryMs)
  }
  await Promise.all([stopStalePostgres(join(dataDir, 'postgres')), stopStaleRedis(join(dataDir, 'redis'))])
}

function processesOf(dataDir: string): number[] {
  const mark = `${ownerVariable}=${dataDir}`
  const isOurs = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(mark)
    } catch {
      return false
    }
  }
  return pids().filter(isOurs).map(Number)
}

function pids(): string[] {
  try {
    return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid)
  } catch {
    return []
  }
}
