export { Choice } from './Choice.tsx'
export { TicketFields } from './TicketFields.tsx'
export { ticketOf } from './ticket-of.ts'
export { type TicketEdits, useTicketDraft } from './use-ticket-draft.ts'
