import type { BusMessage } from '@ringdown/core/events'
import type { UserId } from '@ringdown/core/kernel'
import { createTestRedis } from '@ringdown/db/redis/testing'
import { pino } from 'pino'
import { afterAll, expect, it } from 'vitest'
import type { Actor } from '../commands/handlers.ts'
import { openRedisBus } from './redis-bus.ts'

const test = createTestRedis()
afterAll(() => test[Symbol.asyncDispose]())

const log = pino({ level: 'silent' })
const open = (gatewayId: string, askMs = 2_000) =>
  openRedisBus({ redis: test.redis, prefix: test.prefix, gatewayId, askMs, log })
const actor: Actor = { userId: crypto.randomUUID() as UserId, name: '李娜', role: 'agent' }
const contactId = crypto.randomUUID() as never

it('tells every gateway, itself included, in the order of publishing', async () => {
  await using a = await open('a')
  await using b = await open('b')
  const heard: Record<'a' | 'b', BusMessage[]> = { a: [], b: [] }
  a.subscribe(() => {
    throw new Error('a bad listener')
  })
  a.subscribe((message) => heard.a.push(message))
  const stop = b.subscribe((message) => heard.b.push(message))
  const messages = Array.from({ length: 200 }, () => ({ kind: 'desk', agentId: crypto.randomUUID() }) as BusMessage)
  await Promise.all(messages.map((message) => a.publish(message)))
  await expect.poll(() => [heard.a.length, heard.b.length]).toEqual([200, 200])
  expect(heard).toEqual({ a: messages, b: messages })
  stop()
  await a.publish(messages[0]!)
  await expect.poll(() => heard.a.length).toBe(201)
  expect(heard.b).toHaveLength(200)
})

it('does not choke on what is not ours', async () => {
  await using a = await open('a')
  const heard: BusMessage[] = []
  a.subscribe((message) => heard.push(message))
  for (const text of ['not json', '{"kind":"desk"}', '{"kind":"unheard"}'])
    await test.redis.publish(`${test.prefix}:ringdown:facts`, text)
  await a.publish({ kind: 'desk', agentId: actor.userId })
  await expect.poll(() => heard).toEqual([{ kind: 'desk', agentId: actor.userId }])
})

it('asks the gateway that holds the call, and itself without a detour', async () => {
  await using a = await open('a')
  await using b = await open('b')
  const asked: unknown[] = []
  b.serve(async (...ask) => {
    asked.push(ask)
    return { ok: false, error: { code: 'call_ended', message: 'The call is over.' } }
  })
  a.serve(async () => ({ ok: true, value: {} }))
  const answer = await a.ask('b', 'call:mute', actor, { contactId, muted: true })
  expect(answer).toEqual({ ok: false, error: { code: 'call_ended', message: 'The call is over.' } })
  expect(asked).toEqual([['call:mute', actor, { contactId, muted: true }]])
  expect(await a.ask('a', 'call:hold', actor, { contactId })).toEqual({ ok: true, value: {} })
})

it('refuses for a gateway that is gone at once, and for a silent one in time', async () => {
  await using a = await open('a', 100)
  await using b = await open('b')
  b.serve(() => new Promise(() => undefined))
  expect(await a.ask('nobody', 'call:hold', actor, { contactId })).toMatchObject({ error: { code: 'gateway_lost' } })
  expect(await a.ask('b', 'call:hold', actor, { contactId })).toMatchObject({ error: { code: 'gateway_lost' } })
})
