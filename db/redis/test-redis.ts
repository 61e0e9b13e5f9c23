import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { connectRedis } from './client.ts'
import { type LiveStores, openStores } from './open-stores.ts'

/** Keys of a test's own on the test run's Redis; removed at the end. */
export type TestRedis = AsyncDisposable & { redis: Redis; url: string; prefix: string; stores: LiveStores }

export function createTestRedis(): TestRedis {
  const url = process.env.RINGDOWN_TEST_REDIS_URL
  if (!url) throw new Error('RINGDOWN_TEST_REDIS_URL is not set: run this as one of the system tests')
  const prefix = `test-${randomUUID()}`
  const redis = connectRedis(url, { name: 'ringdown-test' })
  return {
    redis,
    url,
    prefix,
    stores: openStores(redis, prefix),
    async [Symbol.asyncDispose]() {
      const keys = await redis.keys(`${prefix}:*`)
      if (keys.length > 0) await redis.del(...keys)
      await redis.quit()
    },
  }
}
