import type { LiveContact } from '@ringdown/core/contact'
import type { PopView } from '@ringdown/core/contract'
import type { Localized } from '@ringdown/core/kernel'
import type { PopRecords } from './pop-records.ts'

/**
 * Who calls and what is known.
 * @param until when the caller stopped waiting for this agent: the moment of the offer
 */
export function popView(
  contact: LiveContact,
  records: PopRecords,
  queueName: Localized | null,
  until: number,
): PopView {
  const { contactId, caller, language, queue, code, ivrPath, match, personId, transferredFrom } = contact
  return {
    contactId,
    caller,
    language,
    queue: queue && queueName && { id: queue.queueId, name: queueName },
    arrivedAt: queue?.arrivedAt ?? contact.startedAt,
    waitedMs: queue ? Math.max(0, until - queue.enteredAt) : 0,
    verified: verification(contact),
    code,
    ivrPath,
    match,
    customer: records.customer,
    personId,
    openTickets: records.openTickets,
    recentContacts: records.recentContacts,
    transferredFrom: transferredFrom && { agentName: transferredFrom.agentName, notes: transferredFrom.notes },
  }
}

function verification({ match }: LiveContact): PopView['verified'] {
  if (match.kind === 'none') return 'none'
  return match.kind === 'one' && match.candidate.because === 'code' ? 'code' : 'number'
}
