import type { CustomerId, Language, Localized, PersonId, UserId } from '../kernel/index.ts'
import type { TicketCategory, TicketInput } from './ticket.ts'

export type TicketSource = {
  language: Language
  customerId: CustomerId | null
  personId: PersonId | null
  callerName: string
  queue: { key: string; name: Localized } | null
  agentId: UserId | null
}

const categoryOfQueue: Record<string, TicketCategory> = {
  'after-sales': 'repair',
  sales: 'inquiry',
  complaints: 'complaint',
}

/** The ticket that a call leaves: everything known filled in, for the agent to confirm in wrap-up. */
export function draftFromContact(source: TicketSource): TicketInput {
  const queue = source.queue?.name[source.language] ?? (source.language === 'zh' ? '来电' : 'Call')
  const category = (source.queue && categoryOfQueue[source.queue.key]) ?? 'other'
  return {
    subject:
      source.language === 'zh' ? `${queue}：${source.callerName} 来电` : `${queue}: call from ${source.callerName}`,
    customerId: source.customerId,
    personId: source.personId,
    priority: category === 'complaint' ? 'high' : 'normal',
    category,
    assigneeId: source.agentId,
    dueAt: null,
  }
}
