export { freePort } from './free-port.ts'
export { type PostgresOptions, startPostgres } from './postgres.ts'
export { type RedisOptions, startRedis } from './redis.ts'
export type { EmbeddedServer } from './server-process.ts'
