import type { WrapUpView } from '@ringdown/core/contract'
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
} as unknown as WrapUpView['draft']
const pop = { customer: null, personId: null, transferredFrom: null }
const drafted = { draft, savedTicket: null, pop }

it('is the draft with the notes where the agent changed nothing', () => {
  expect(ticketOf(drafted, {}, '电源坏了')).toEqual({ ...draft, note: '电源坏了', solved: false })
})

it('keeps a cleared assignee and a cleared note, and is due when the follow-up day ends', () => {
  const ticket = ticketOf(drafted, { assigneeId: null, note: '', followUp: '2026-11-25' }, 'x')
  expect(ticket.assigneeId).toBeNull()
  expect(ticket.note).toBe('')
  expect(ticket.dueAt).toBe(new Date(2026, 10, 25, 23, 59, 59, 999).getTime())
})

it('belongs to the customer the agent chose during the call', () => {
  const chosen = { ...pop, customer: { id: 'c9' }, personId: 'p9' } as never
  expect(ticketOf({ ...drafted, pop: chosen }, {}, '')).toMatchObject({ customerId: 'c9', personId: 'p9' })
})

it('goes on with what a colleague saved: solved stays solved, and his notes are not said again', () => {
  const saved = {
    draft,
    savedTicket: { id: 't1', number: 'T-10482', state: 'solved' } as never,
    pop: { ...pop, transferredFrom: { agentName: '李娜', notes: '要折扣' } },
  }
  expect(ticketOf(saved, {}, '要折扣\n已同意 5%')).toMatchObject({ note: '已同意 5%', solved: true })
  expect(ticketOf(saved, { solved: false }, '要折扣')).toMatchObject({ note: '', solved: false })
  expect(ticketOf({ ...saved, savedTicket: null }, {}, '要折扣')).toMatchObject({ note: '要折扣', solved: false })
})
