import { expect, it } from 'vitest'
import { ticketDeeds } from './ticket-deeds.ts'

it('offers exactly the legal moves', () => {
  expect(ticketDeeds('open')).toEqual([
    { deed: 'wait', to: 'pending' },
    { deed: 'solve', to: 'solved' },
  ])
  expect(ticketDeeds('closed')).toEqual([{ deed: 'reopen', to: 'open' }])
})
