import type { Ticket } from '@ringdown/core/ticket'
import { createTicket, type ISql } from '@ringdown/db/postgres'
import { unique } from './unique.ts'

/** An open ticket of nobody, unless given. */
export async function aTicket(sql: ISql, given: Partial<Parameters<typeof createTicket>[1]> = {}): Promise<Ticket> {
  return createTicket(sql, {
    subject: `工单 ${unique()}`,
    state: 'open',
    customerId: null,
    personId: null,
    priority: 'normal',
    category: 'other',
    assigneeId: null,
    channel: 'voice',
    dueAt: null,
    ...given,
  })
}
