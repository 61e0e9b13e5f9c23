import type { Queue } from '@ringdown/core/acd'
import { type AgentRecord, newAgent } from '@ringdown/core/agent'
import type { ContactId, CustomerId, UserId } from '@ringdown/core/kernel'
import { pino } from 'pino'
import { expect, it } from 'vitest'
import { createPreferredAgent } from './preferred-agent.ts'

const agentId = 'friend' as UserId
const free: AgentRecord = {
  ...newAgent(agentId, 0),
  session: { signedInAt: 1, seenAt: 1 },
  device: { kind: 'webrtc', proven: true, since: 1, address: 'leg' },
  status: { chosen: { status: 'available' }, since: 1, next: null },
}
const resting: AgentRecord = {
  ...free,
  status: { ...free.status, chosen: { status: 'not_ready', reason: 'meal' } },
}
const contact = {
  contactId: 'contact' as ContactId,
  customerId: 'customer' as CustomerId,
  caller: { number: '+8613900138000', name: null, place: null },
}
const waits = { preferLastAgentMs: 20_000 } as Queue

function preferredBy(agent: AgentRecord | undefined, lastAgentOf: () => Promise<UserId | null> = async () => agentId) {
  const looked: unknown[] = []
  const find = createPreferredAgent({
    agents: { read: async () => agent } as never,
    clock: () => 1_000_000,
    log: pino({ level: 'silent' }),
    lastAgentOf(caller) {
      looked.push(caller)
      return lastAgentOf()
    },
  })
  return { find, looked }
}

it('[AC21] lets a caller wait for whom he spoke to last, if he is at work', async () => {
  const { find, looked } = preferredBy(free)
  expect(await find(waits, contact)).toEqual({ agentId, until: 1_020_000 })
  expect(looked).toMatchObject([{ customerId: 'customer', number: '+8613900138000' }])
  expect(await preferredBy(resting).find(waits, contact)).toBeUndefined()
  expect(await preferredBy(undefined).find(waits, contact)).toBeUndefined()
})

it('[AC21] looks nobody up where the queue does not want it', async () => {
  const { find, looked } = preferredBy(free)
  expect(await find({ preferLastAgentMs: null } as Queue, contact)).toBeUndefined()
  expect(looked).toEqual([])
})

it('[AC21] takes a look-up that fails or takes long for nobody', async () => {
  const failing = preferredBy(free, async () => {
    throw new Error('away')
  })
  expect(await failing.find(waits, contact)).toBeUndefined()
  const silent = preferredBy(free, () => new Promise(() => undefined))
  expect(await silent.find(waits, contact)).toBeUndefined()
})
