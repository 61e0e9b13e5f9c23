import type { TicketInput } from '@ringdown/core/ticket'
import { expect, it } from 'vitest'
import { ticketOf } from './ticket-of.ts'

const draft = {
  subject: '售后：王建国 来电',
  customerId: null,
  personId: null,
  priority: 'normal',
  category: 'repair',
  assigneeId: 'me',
  dueAt: null,
} as unknown as TicketInput
const nobody = { customer: null, personId: null }

it('is the draft with the notes where the agent changed nothing', () => {
  expect(ticketOf(draft, nobody, {}, '电源坏了')).toEqual({ ...draft, note: '电源坏了', solved: false })
})

it('keeps a cleared assignee and a cleared note, and is due when the follow-up day ends', () => {
  const ticket = ticketOf(draft, nobody, { assigneeId: null, note: '', followUp: '2026-11-25' }, 'x')
  expect(ticket.assigneeId).toBeNull()
  expect(ticket.note).toBe('')
  expect(ticket.dueAt).toBe(new Date(2026, 10, 25, 23, 59, 59, 999).getTime())
})

it('belongs to the customer the agent chose during the call', () => {
  const pop = { customer: { id: 'c9' }, personId: 'p9' } as never
  expect(ticketOf(draft, pop, {}, '')).toMatchObject({ customerId: 'c9', personId: 'p9' })
})
