import { Redis } from 'ioredis'

export type RedisOptions = {
  /** Shown in `CLIENT LIST`. */
  name: string
  /** Called at every lost or refused connection; ioredis goes on trying by itself. */
  onError?: (error: Error) => void
}

/**
 * Connects to the Redis at `url`. A command fails after two attempts instead of waiting for Redis to come back: who asks
 * is a call, and a call needs an answer.
 */
export function connectRedis(url: string, { name, onError = () => undefined }: RedisOptions): Redis {
  const redis = new Redis(url, {
    connectionName: name,
    maxRetriesPerRequest: 1,
    connectTimeout: 5_000,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  redis.on('error', onError)
  return redis
}
