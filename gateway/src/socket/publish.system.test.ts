import { randomUUID } from 'node:crypto'
import { UserId } from '@ringdown/core/kernel'
import { createTestRedis } from '@ringdown/db/redis/testing'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { openRedisBus } from '../bus/redis-bus.ts'
import { publishViews } from './publish.ts'
import { emptyViews, TestPages } from './test-pages.ts'

const log = pino({ level: 'silent' })

it('closes the pages of a session or of a user on every gateway, and nobody else’s', async () => {
  await using redis = createTestRedis()
  const bus = (gatewayId: string) => openRedisBus({ redis: redis.redis, prefix: redis.prefix, gatewayId, log })
  await using here = await bus('here')
  await using there = await bus('there')
  await using pages = await TestPages.serve()
  using _ = publishViews(pages.server, there, emptyViews, log)
  const [alice, bob, carol] = [0, 0, 0].map(() => UserId.parse(randomUUID())) as [UserId, UserId, UserId]
  const [aliceAt, bobAt, carolAt] = await Promise.all([alice, bob, carol].map((user) => pages.page(user)))
  const told: string[] = []
  for (const [name, page] of Object.entries({ aliceAt, bobAt, carolAt }))
    page?.on('session:ended', ({ reason }) => told.push(`${name} ${reason}`))

  await here.publish({ kind: 'session_ended', sessionId: alice, reason: 'signed_out' })
  await here.publish({ kind: 'user_ended', userId: bob, reason: 'forced' })
  await expect.poll(() => [aliceAt?.connected, bobAt?.connected]).toEqual([false, false])
  expect(told.sort()).toEqual(['aliceAt signed_out', 'bobAt forced'])
  expect(carolAt?.connected).toBe(true)
})
