import type { WaitingEntry } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import type { LiveContact } from '@ringdown/core/contact'
import type { WaitingCaller } from '@ringdown/core/contract'
import type { ContactId, OfferId } from '@ringdown/core/kernel'
import { identified } from './caller-name.ts'

/** The callers of one queue in the order in which they will be served. */
export function waitingCallers(
  line: readonly { entry: WaitingEntry; offerId: OfferId | null }[],
  contacts: ReadonlyMap<ContactId, LiveContact>,
  agents: readonly AgentRecord[],
): WaitingCaller[] {
  return line.map(({ entry, offerId }, index) => {
    const contact = contacts.get(entry.contactId)
    const who = contact && identified(contact)
    const rings = ({ work }: AgentRecord) => work.state === 'ringing' && work.offerId === offerId
    return {
      entryId: entry.entryId,
      contactId: entry.contactId,
      queueId: entry.queueId,
      position: index + 1,
      arrivedAt: entry.arrivedAt,
      number: contact?.caller.number ?? '',
      customer: who ? { id: who.customerId, name: who.customerName, grade: who.grade } : null,
      state: offerId === null ? 'waiting' : 'offered',
      agentId: agents.find(rings)?.agentId ?? null,
    }
  })
}
