import { expect } from 'vitest'
import { journeyOn, numbers } from '../desk/index.ts'

const journey = journeyOn()

journey('a caller who hangs up in the menu never was in a queue', async ({ desk }) => {
  await using caller = await desk.caller({ to: numbers.hotline, keys: '1' })
  await desk.ledger.shows(caller.call, 'a chosen language', (c) => c.events.some((e) => e.type === 'language_chosen'))
  await caller.call.hangup()
  const contact = await desk.ledger.ended(caller.call)
  expect(contact.termination).toEqual({ party: 'caller', reason: 'abandoned_in_ivr' })
  expect(contact.entries).toEqual([])
})

journey('a caller who gives up in the queue is abandoned, once', async ({ desk }) => {
  await using caller = await desk.caller()
  await caller.waits()
  await caller.call.hangup()
  const contact = await desk.ledger.ended(caller.call)
  expect(contact.termination).toEqual({ party: 'caller', reason: 'abandoned_in_queue' })
  expect(contact.entries).toMatchObject([{ outcome: 'abandoned' }])
  expect(contact.entries[0]?.waitedMs).toBeGreaterThanOrEqual(500)
})

journey('a caller who gives up at once is a short abandon', async ({ desk }) => {
  await using caller = await desk.caller()
  await desk.ledger.shows(caller.call, 'a queue entry', (c) => c.entries.length === 1)
  await caller.call.hangup()
  const contact = await desk.ledger.ended(caller.call)
  const [entry] = contact.entries
  expect(entry?.outcome).toBe(entry!.waitedMs! < 500 ? 'short_abandoned' : 'abandoned')
})

journey(
  'a caller who gives up while a phone rings stops its ringing, and costs the agent nothing',
  async ({ desk }) => {
    await using alice = await desk.phoneAgent('alice')
    await using caller = await desk.caller()
    const ringing = await alice.phone.nextCall()
    await ringing.ring()
    await caller.call.hangup()
    expect(await ringing.untilEnded()).toMatchObject({ by: 'them', how: 'cancelled' })
    const contact = await desk.ledger.ended(caller.call)
    expect(contact.termination).toEqual({ party: 'caller', reason: 'abandoned_while_ringing' })
    expect(await desk.ledger.offersEnded(caller.call, 1)).toMatchObject([{ outcome: 'withdrawn' }])

    await using next = await desk.caller({ number: '13900139001' })
    const again = await alice.phone.nextCall()
    expect(again.from.uri).toContain('13900139001')
    await next.call.hangup()
  },
)
