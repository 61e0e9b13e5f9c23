import { randomUUID } from 'node:crypto'
import { connect } from '@ringdown/db/postgres'
import { connectRedis, type EventSpool, type GatewayRegistry, type LiveEpoch, openStores } from '@ringdown/db/redis'
import { connectMedia } from '@ringdown/media/client'
import type { Logger } from 'pino'
import { type OwnBook, ownBook } from './acd/rebuild/own-book.ts'
import { openRedisBus } from './bus/redis-bus.ts'
import type { Config } from './config.ts'
import type { Foundation } from './foundation.ts'

/** Opens every connection of the gateway; what is opened is closed with `stack`, in reverse order. */
export async function openFoundation(
  config: Config,
  log: Logger,
  stack: AsyncDisposableStack,
): Promise<Foundation & { gateways: GatewayRegistry; epoch: LiveEpoch; own: OwnBook; spool: EventSpool }> {
  const { gatewayId, redisPrefix: prefix } = config
  const sql = stack.adopt(connect(config.databaseUrl, { applicationName: gatewayId, max: 20 }), (pool) =>
    pool.end({ timeout: 5 }),
  )
  await sql`select 1`
  const redis = stack.adopt(
    connectRedis(config.redisUrl, { name: gatewayId, onError: (error) => log.warn({ err: error }, 'Redis is away') }),
    (connection) => connection.disconnect(),
  )
  await redis.ping()
  const stores = openStores(redis, prefix)
  const own = ownBook({ acd: stores.acd, live: stores.contacts }, gatewayId, Date.now)
  const bus = stack.use(await openRedisBus({ redis, prefix, gatewayId, log }))
  const media = stack.use(await connectMedia({ ...config.media, owner: gatewayId }))
  return {
    config,
    log,
    sql,
    redis,
    bus,
    media,
    agents: stores.agents,
    acd: own.acd,
    live: own.live,
    own,
    gateways: stores.gateways,
    epoch: stores.epoch,
    spool: stores.spool,
    clock: Date.now,
    newId: randomUUID,
  }
}
