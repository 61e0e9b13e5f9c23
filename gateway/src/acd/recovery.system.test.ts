import { unwrap } from '@ringdown/core/kernel'
import { availableAgent, offerOf, waitingEntry } from '@ringdown/db/redis/testing'
import { expect, it } from 'vitest'
import { startHeartbeat } from './heartbeat.ts'
import { startSweep } from './sweep.ts'
import { startTestAcd } from './test-acd.ts'

it('[AC18] ends an offer that a dead gateway left behind, and matches its caller again', async () => {
  await using centre = startTestAcd()
  const queue = centre.addQueue()
  const { acd: store } = centre.redis.stores
  const absent = unwrap(await centre.agents.save(availableAgent([queue.id])))
  const entry = waitingEntry(queue.id, 1_000)
  await store.enqueue(entry)
  unwrap(await store.claim(offerOf(entry, absent, Date.now() - 15_000)))
  const present = unwrap(await centre.agents.save(availableAgent([queue.id])))
  using _ = startSweep({
    ...centre,
    changes: { sweep: async () => undefined },
    queues: { find: async () => queue, all: async () => [queue], refresh: async () => undefined },
    sweepMs: 20,
  })
  await expect.poll(async () => (await centre.agents.read(present.agentId))?.work.state).toBe('ringing')
  expect((await centre.agents.read(absent.agentId))?.status.chosen).toEqual({ status: 'not_ready', reason: 'missed' })
  const outcomes = centre.contactEvents.flatMap((e) => (e.type === 'offer_ended' ? [e.outcome] : []))
  expect(outcomes).toEqual(['expired'])
})

it('[AC17] cleans up after itself at the start, after the silent and the departed, and not after the living', async () => {
  await using centre = startTestAcd()
  const { gateways } = centre.redis.stores
  const cleaned: string[] = []
  const beat = (gatewayId: string) =>
    startHeartbeat({
      ...centre,
      gateways,
      gatewayId,
      heartbeatMs: 20,
      deadMs: 400,
      cleanUp: async (lost) => void cleaned.push(lost),
    })
  await gateways.beat('silent', Date.now() - 1_000)
  await using _watching = await beat('watching')
  expect(cleaned).toEqual(['watching', 'silent'])
  {
    await using _departing = await beat('departing')
    expect(cleaned).toEqual(['watching', 'silent', 'departing'])
  }
  await expect.poll(() => cleaned).toEqual(['watching', 'silent', 'departing', 'departing'])
})
