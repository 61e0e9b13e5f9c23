import type { CommandInput, PopView } from '@ringdown/core/contract'
import type { TicketInput } from '@ringdown/core/ticket'
import dayjs from 'dayjs'
import type { TicketEdits } from './use-ticket-draft.ts'

type WrapUpTicket = NonNullable<CommandInput<'wrap-up:complete'>['ticket']>

/** The ticket to save: the system's draft, who the caller turned out to be, and the agent's edits on top. */
export function ticketOf(
  draft: TicketInput,
  pop: Pick<PopView, 'customer' | 'personId'>,
  edits: TicketEdits,
  notes: string,
): WrapUpTicket {
  return {
    subject: edits.subject ?? draft.subject,
    category: edits.category ?? draft.category,
    priority: edits.priority ?? draft.priority,
    assigneeId: edits.assigneeId === undefined ? draft.assigneeId : edits.assigneeId,
    customerId: pop.customer?.id ?? draft.customerId,
    personId: (pop.customer ? (pop.personId as TicketInput['personId']) : null) ?? draft.personId,
    dueAt: edits.followUp ? dayjs(edits.followUp).endOf('day').valueOf() : draft.dueAt,
    note: edits.note ?? notes,
    solved: edits.solved ?? false,
  }
}
