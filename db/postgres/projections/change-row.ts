import type { ContactEvent } from '@ringdown/core/events'
import { LedgerViolation } from './ledger-violation.ts'

/** The rows with one of them changed; the others stay the same objects. Throws when the event names no row. */
export function changeRow<Row extends { id: string }>(
  rows: readonly Row[],
  id: string,
  event: ContactEvent,
  change: (row: Row) => Row,
): readonly Row[] {
  if (!rows.some((row) => row.id === id)) {
    throw new LedgerViolation(`${event.type} of contact ${event.contactId} names ${id}, which no event before it began`)
  }
  return rows.map((row) => (row.id === id ? change(row) : row))
}
