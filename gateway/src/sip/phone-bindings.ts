import type { UserId } from '@ringdown/core/kernel'
import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Where an agent's phone is reached, as its REGISTER said. */
export const PhoneBinding = z.object({
  /** The Contact URI: the request URI of calls to it. */
  contact: z.string(),
  /** The address it registered from, as a SIP URI, when calls must go there (UDP, perhaps behind NAT); null: the contact. */
  via: z.string().nullable(),
  /** The address it registered from: calls from there are his. */
  address: z.string().optional(),
  expiresAt: z.number(),
})
export type PhoneBinding = z.infer<typeof PhoneBinding>

/** One phone an agent, the one that registered last; known to every gateway and gone when its registration expires. */
export type PhoneBindings = {
  find(agentId: UserId): Promise<PhoneBinding | null>
  save(agentId: UserId, binding: PhoneBinding): Promise<void>
  remove(agentId: UserId): Promise<void>
}

/** @param keyOf names the key of an agent's phone */
export function phoneBindings(redis: Redis, keyOf: (agentId: UserId) => string): PhoneBindings {
  return {
    async find(agentId) {
      const text = await redis.get(keyOf(agentId))
      return text === null ? null : PhoneBinding.parse(JSON.parse(text))
    },
    async save(agentId, binding) {
      await redis.set(keyOf(agentId), JSON.stringify(binding), 'PXAT', binding.expiresAt)
    },
    async remove(agentId) {
      await redis.del(keyOf(agentId))
    },
  }
}
