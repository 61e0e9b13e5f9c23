import { expect } from 'vitest'
import { journeyOn } from '../desk/index.ts'

const journey = journeyOn()

journey('an agent who rejects stays available; the call goes to his colleague', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const refused = await alice.phone.nextCall()
  await refused.reject(486)
  await using bob = await desk.phoneAgent('bob')
  const ringing = await bob.phone.nextCall()
  await ringing.answer()
  const talking = await desk.ledger.shows(caller.call, 'a segment', (c) => c.segments.length === 1)
  expect(talking.segments).toMatchObject([{ agent: { id: bob.id } }])
  expect(await desk.ledger.offersEnded(caller.call, 2)).toMatchObject([
    { agentId: alice.id, outcome: 'rejected' },
    { agentId: bob.id, outcome: 'accepted' },
  ])
  const { agent } = await alice.api.command('desk:read', {})
  expect(agent?.status.chosen).toEqual({ status: 'available' })
  await caller.call.hangup()
})

journey('an agent who does not answer is sent on a break, and the caller keeps his place', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using first = await desk.caller()
  const missed = await alice.phone.nextCall()
  await missed.ring()
  await using second = await desk.caller({ number: '13900139002' })
  await second.waits()

  expect(await missed.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
  await desk.ledger.offersEnded(first.call, 1)
  const { agent } = await alice.api.command('desk:read', {})
  expect(agent?.status.chosen).toEqual({ status: 'not_ready', reason: 'missed' })

  await using bob = await desk.phoneAgent('bob')
  const ringing = await bob.phone.nextCall()
  expect(ringing.from.uri).toContain('13900138000')
  await ringing.answer()
  const contact = await desk.ledger.shows(first.call, 'a segment', (c) => c.segments.length === 1)
  expect(contact.entries).toHaveLength(1)
  const entered = contact.events.find((e) => e.type === 'queue_entered')
  expect(contact.entries[0]?.arrivedAt).toBe(entered?.type === 'queue_entered' ? entered.arrivedAt : undefined)
  expect(contact.entries[0]?.waitedMs).toBeGreaterThanOrEqual(3000)
  expect(await desk.ledger.offersEnded(first.call, 2)).toMatchObject([
    { agentId: alice.id, outcome: 'expired' },
    { agentId: bob.id, outcome: 'accepted' },
  ])
  await first.call.hangup()
  await second.call.hangup()
})

journey('whoever comes too late is refused, and disturbs nobody', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  await using caller = await desk.caller()
  const ringing = await alice.phone.nextCall()
  await ringing.ring()
  const { offer } = await alice.api.command('desk:read', {})
  await alice.api.command('offer:reject', offer!)
  await expect(alice.api.command('offer:answer', offer!)).rejects.toThrow(/offer_ended/)
  await expect(alice.api.command('offer:reject', offer!)).rejects.toThrow(/offer_ended/)
  await caller.call.hangup()
})

journey('a phone that is gone loses the call to nobody', async ({ desk }) => {
  await using alice = await desk.phoneAgent('alice')
  alice.phone.vanish()
  await using caller = await desk.caller()
  await desk.ledger.offersEnded(caller.call, 1)
  await using bob = await desk.phoneAgent('bob')
  await (await bob.phone.nextCall()).answer()
  await desk.ledger.shows(caller.call, 'a segment', (c) => c.segments.length === 1)
  await caller.call.hangup()
})
