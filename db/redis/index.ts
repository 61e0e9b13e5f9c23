export { connectRedis, type RedisOptions } from './client.ts'
export type { GatewayRegistry } from './gateway-registry.ts'
export { type RedisKeys, redisKeys } from './keys.ts'
export { type LiveStores, openStores } from './open-stores.ts'
