import type { Redis } from 'ioredis'
import type { RedisKeys } from './keys.ts'

/** Whether the live state is whole, and since which rebuilding. A Redis that came back empty has none. */
export type LiveEpoch = {
  read(): Promise<{ state: 'rebuilding' | 'ready'; id: string } | null>
  /** True for the one who is to rebuild now; his right ends by itself, should he die. */
  claim(id: string, forMs: number): Promise<boolean>
  /** The live state is whole from now on. */
  settle(id: string): Promise<void>
}

export function liveEpoch(redis: Redis, keys: RedisKeys): LiveEpoch {
  return {
    async read() {
      const [state, id] = (await redis.get(keys.epoch))?.split(' ') ?? []
      return state && id ? { state: state === 'ready' ? 'ready' : 'rebuilding', id } : null
    },
    async claim(id, forMs) {
      return (await redis.set(keys.epoch, `rebuilding ${id}`, 'PX', forMs, 'NX')) === 'OK'
    },
    async settle(id) {
      await redis.set(keys.epoch, `ready ${id}`)
    },
  }
}
