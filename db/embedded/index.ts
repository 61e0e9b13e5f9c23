export { freePort } from './free-port.ts'
export { type PostgresOptions, startPostgres, stopStalePostgres } from './postgres.ts'
export { type RedisOptions, startRedis, stopStaleRedis } from './redis.ts'
export type { EmbeddedServer } from './server-process.ts'
