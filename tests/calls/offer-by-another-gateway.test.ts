import { unwrap } from '@ringdown/core/kernel'
import type { TestRedis } from '@ringdown/db/redis/testing'
import { expect, it } from 'vitest'
import { startTestGateway } from '../../gateway/src/acd/test-gateway.ts'
import { Switchboard } from './switchboard.ts'
import { queued } from './talking.ts'

it('an offer that another gateway makes rings before the database knows of it', async () => {
  await using board = await Switchboard.start()
  const { redis, config } = board.foundation
  await using other = await startTestGateway({ redis, prefix: config.redisPrefix } as TestRedis, board.sql, 'other')
  await using li = await board.agent('1001', { available: false })
  await using caller = await board.caller()
  const call = await queued(caller)
  await board.happened('queue_entered')

  // While somebody holds the contact's row, nothing can be written of it.
  const held = await board.sql.reserve()
  await held`begin`
  await held`select 1 from contacts for update`
  unwrap(await other.agents.chooseStatus(li.user.id, { status: 'available' }))
  const ringing = await li.phone.nextCall()
  expect((await board.events()).map(({ type }) => type)).not.toContain('offer_made')
  await held`rollback`
  held.release()

  await ringing.ring()
  await ringing.answer()
  await board.happened('segment_started')
  expect(await board.happened('offer_ended')).toMatchObject({ outcome: 'accepted', agentId: li.user.id })
  await call.hangup()
  await board.happened('contact_ended')
  expect(await board.drift()).toBe(0)
})
