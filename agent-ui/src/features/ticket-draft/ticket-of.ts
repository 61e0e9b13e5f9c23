import type { CommandInput, WrapUpView } from '@ringdown/core/contract'
import type { TicketInput } from '@ringdown/core/ticket'
import dayjs from 'dayjs'
import type { TicketEdits } from './use-ticket-draft.ts'

type WrapUpTicket = NonNullable<CommandInput<'wrap-up:complete'>['ticket']>
type Basis = Pick<WrapUpView, 'draft' | 'savedTicket'> & {
  pop: Pick<WrapUpView['pop'], 'customer' | 'personId' | 'transferredFrom'>
}

/** The ticket to save: as it stands, who the caller turned out to be, and the agent's edits on top. */
export function ticketOf({ draft, savedTicket, pop }: Basis, edits: TicketEdits, notes: string): WrapUpTicket {
  const said = savedTicket && pop.transferredFrom ? pop.transferredFrom.notes : ''
  return {
    subject: edits.subject ?? draft.subject,
    category: edits.category ?? draft.category,
    priority: edits.priority ?? draft.priority,
    assigneeId: edits.assigneeId === undefined ? draft.assigneeId : edits.assigneeId,
    customerId: pop.customer?.id ?? draft.customerId,
    personId: (pop.customer ? (pop.personId as TicketInput['personId']) : null) ?? draft.personId,
    dueAt: edits.followUp ? dayjs(edits.followUp).endOf('day').valueOf() : draft.dueAt,
    note: edits.note ?? without(said, notes),
    solved: edits.solved ?? savedTicket?.state === 'solved',
  }
}

/** What was written after the call came from the colleague, whose notes the saved ticket has. */
const without = (said: string, notes: string): string =>
  said !== '' && notes.startsWith(said) ? notes.slice(said.length).trimStart() : notes
