import { randomUUID } from 'node:crypto'
import type { AgentEvent } from '@ringdown/core/events'
import type { UserId } from '@ringdown/core/kernel'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import type { Bus } from '../bus/bus.ts'
import { createAgentLog } from './agent-log.ts'

const event = (state: string): Omit<AgentEvent, 'eventId'> => ({
  agentId: randomUUID() as UserId,
  at: 1,
  type: 'status_chosen',
  state,
  previous: null,
  contactId: null,
  by: { party: 'system', userId: null },
})

function start(append: (events: AgentEvent[]) => Promise<void>) {
  const bus = { publish: async () => undefined } as unknown as Bus
  return createAgentLog({ bus, log: pino({ level: 'silent' }), newId: randomUUID, append, retryMs: 5 })
}

it('writes in order while the database goes and comes', async () => {
  const written: string[] = []
  let fails = 3
  await using log = start(async (events) => {
    if (fails-- > 0) throw new Error('connection refused')
    written.push(...events.map((e) => e.state))
  })
  for (let i = 0; i < 500; i++) log.record(event(String(i)))
  await log.written()
  expect(written).toEqual(Array.from({ length: 500 }, (_, i) => String(i)))
})

it('sets aside what the database refuses, and nothing else', async () => {
  const written: string[] = []
  await using log = start(async (events) => {
    if (events.some((e) => e.state === 'bad')) throw Object.assign(new Error('foreign key'), { code: '23503' })
    written.push(...events.map((e) => e.state))
  })
  for (const state of ['a', 'bad', 'b', 'c']) log.record(event(state))
  await log.written()
  expect(written).toEqual(['a', 'b', 'c'])
})
