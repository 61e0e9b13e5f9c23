import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveEpoch } from '@ringdown/db/redis'
import type { Redis } from 'ioredis'
import type { Foundation } from '../../foundation.ts'

export type WatchEpochParts = Pick<Foundation, 'log' | 'newId'> & {
  redis: Pick<Redis, 'on' | 'off'>
  epoch: LiveEpoch
  /** Puts back what all gateways share. One of them does it. */
  rebuild(): Promise<void>
  /** Puts back what this one holds. */
  restore(): Promise<void>
  /** Between looks while nothing is told by the connection. */
  everyMs: number
}

/** Who rebuilds has so long before another one tries. */
const REBUILD_MS = 30_000
const AGAIN_MS = 200

/**
 * Sees that Redis lost its data, as after a restart without its file, and puts everything back: one gateway what is
 * shared, then each its own. Looked at when the connection comes back and by the clock.
 */
export async function watchEpoch(parts: WatchEpochParts): Promise<Disposable> {
  const { redis, epoch, rebuild, restore, everyMs, log, newId } = parts
  let known = await settled()
  let looking = false
  let closed = false

  /** The epoch once it is ready; rebuilds where nobody else does. */
  async function settled(): Promise<string> {
    for (;;) {
      const found = await epoch.read()
      if (found?.state === 'ready') return found.id
      const id = newId()
      if (!found && (await epoch.claim(id, REBUILD_MS))) {
        await rebuild()
        await epoch.settle(id)
        return id
      }
      await sleep(AGAIN_MS)
    }
  }

  async function look(): Promise<void> {
    const id = await settled()
    if (id === known || closed) return
    await restore()
    known = id
  }

  const start = () => {
    if (looking) return
    looking = true
    look()
      .catch((error) => log.error({ err: error }, 'the live state was not put back; trying again'))
      .finally(() => {
        looking = false
      })
  }
  const timer = setInterval(start, everyMs)
  redis.on('ready', start)
  return {
    [Symbol.dispose]() {
      closed = true
      clearInterval(timer)
      redis.off('ready', start)
    },
  }
}
