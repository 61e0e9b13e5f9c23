import { Redis } from 'ioredis'
import { Refusal } from './refusal.ts'

const oldestMajor = 7

/** @throws Refusal when the given Redis can't be reached or is too old */
export async function checkRedis(url: string): Promise<string> {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null })
  redis.on('error', () => undefined) // connect() rejects with it
  try {
    await redis.connect()
    const version = /redis_version:(\S+)/.exec(await redis.info('server'))?.[1] ?? 'unknown'
    if (Number.parseInt(version, 10) < oldestMajor)
      throw new Error(`version ${version} is too old: ${oldestMajor} is needed`)
    return version
  } catch (error) {
    throw new Refusal(
      `Redis at ${new URL(url).host} can't be used: ${(error as Error).message}\nREDIS_URL says where it is.`,
    )
  } finally {
    redis.disconnect()
  }
}
