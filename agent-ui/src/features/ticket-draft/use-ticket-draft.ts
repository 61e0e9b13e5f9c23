import type { ContactId } from '@ringdown/core/kernel'
import type { TicketInput } from '@ringdown/core/ticket'
import { useDraft } from '../../ui/index.ts'

/** What the agent decided about the ticket of a contact; what he left alone follows the system's draft. */
export type TicketEdits = Partial<Pick<TicketInput, 'subject' | 'category' | 'priority' | 'assigneeId'>> & {
  note?: string
  solved?: boolean
  wanted?: boolean
  /** Local date `2026-11-25`. */
  followUp?: string
}

/** Begun during the call, finished in wrap-up: one draft under one contact. */
export function useTicketDraft(contactId: ContactId) {
  const [edits = {}, setEdits, drop] = useDraft<TicketEdits>(`ticket:${contactId}`)
  return { edits, change: (changes: TicketEdits) => setEdits({ ...edits, ...changes }), drop }
}
