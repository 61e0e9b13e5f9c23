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
