import { LiveContact, type LiveContactStore } from '@ringdown/core/contact'
import type { Redis } from 'ioredis'
import type { RedisKeys } from './keys.ts'

const KEPT_S = 2 * 60 * 60

/** Live contacts as JSON. Only the gateway that holds the caller writes one, so no script guards it. */
export function redisLiveContactStore(redis: Redis, keys: RedisKeys): LiveContactStore {
  const readMany = async (ids: readonly string[]): Promise<LiveContact[]> => {
    if (ids.length === 0) return []
    const texts = await redis.mget(ids.map(keys.contact))
    return texts.flatMap((text) => (text === null ? [] : parse(text)))
  }
  return {
    async read(contactId) {
      const text = await redis.get(keys.contact(contactId))
      return text === null ? undefined : parse(text)
    },
    readMany,
    async write(contact) {
      await redis
        .multi()
        .set(keys.contact(contact.contactId), JSON.stringify(contact), 'EX', KEPT_S)
        .sadd(keys.contactsOf(contact.gatewayId), contact.contactId)
        .exec()
    },
    async remove(contactId) {
      const text = await redis.get(keys.contact(contactId))
      if (text === null) return
      await redis
        .multi()
        .del(keys.contact(contactId))
        .srem(keys.contactsOf(parse(text).gatewayId), contactId)
        .exec()
    },
    async of(gatewayId) {
      const ids = await redis.smembers(keys.contactsOf(gatewayId))
      const alive = await readMany(ids)
      const gone = ids.filter((id) => !alive.some((contact) => contact.contactId === id))
      if (gone.length > 0) await redis.srem(keys.contactsOf(gatewayId), ...gone)
      return alive
    },
  }
}

const parse = (text: string): LiveContact => LiveContact.parse(JSON.parse(text))
