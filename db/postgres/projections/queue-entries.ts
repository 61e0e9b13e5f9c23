import type { ContactEvent } from '@ringdown/core/events'
import type { QueueEntry } from '../tables/queue-entries.ts'
import { changeRow } from './change-row.ts'
import { LedgerViolation } from './ledger-violation.ts'

export function foldQueueEntries(entries: readonly QueueEntry[], event: ContactEvent): readonly QueueEntry[] {
  switch (event.type) {
    case 'queue_entered': {
      const { entryId, contactId, queueId, arrivedAt, at, priority, expectedMs = null } = event
      const entry = { id: entryId, contactId, queueId, arrivedAt, enteredAt: at, priority, expectedMs, offers: 0 }
      return [...entries, { ...entry, endedAt: null, outcome: null, waitedMs: null, agentId: null }]
    }
    case 'offer_made':
      return changeRow(entries, event.entryId, event, (entry) => {
        refuseIfEnded(entry)
        return { ...entry, offers: entry.offers + 1 }
      })
    case 'queue_entry_ended':
      return changeRow(entries, event.entryId, event, (entry) => {
        refuseIfEnded(entry)
        const { at, outcome, waitedMs, agentId } = event
        return { ...entry, endedAt: at, outcome, waitedMs, agentId }
      })
    default:
      return entries
  }
}

function refuseIfEnded({ id, outcome }: QueueEntry): void {
  if (outcome !== null) throw new LedgerViolation(`queue entry ${id} has ended as ${outcome} already`)
}
