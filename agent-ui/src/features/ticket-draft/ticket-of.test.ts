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
} as unknown as TicketInput
const nobody = { customer: null, personId: null }
const line = (date: string) => `跟进日期：${date}`

it('is the draft with the notes where the agent changed nothing', () => {
  expect(ticketOf(draft, nobody, {}, '电源坏了', line)).toEqual({ ...draft, note: '电源坏了', solved: false })
})

it('keeps a cleared assignee, a cleared note and the follow-up date', () => {
  const ticket = ticketOf(draft, nobody, { assigneeId: null, note: '', followUp: '2026-11-25' }, 'x', line)
  expect(ticket.assigneeId).toBeNull()
  expect(ticket.note).toBe('跟进日期：2026-11-25')
})

it('belongs to the customer the agent chose during the call', () => {
  const pop = { customer: { id: 'c9' }, personId: 'p9' } as never
  expect(ticketOf(draft, pop, {}, '', line)).toMatchObject({ customerId: 'c9', personId: 'p9' })
})
