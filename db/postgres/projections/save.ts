import type { PersonId, TicketId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'
import { saveContacts } from '../tables/contacts.ts'
import { saveQueueEntries } from '../tables/queue-entries.ts'
import { saveRecordings } from '../tables/recordings.ts'
import { saveSegments } from '../tables/segments.ts'
import { saveSurveys } from '../tables/surveys.ts'
import type { Projection } from './fold.ts'

/**
 * Writes projections, many at once. Given what they were before, only rows that differ are written.
 *
 * People and tickets may be deleted while events still name them: the rows then name nobody.
 */
export async function saveProjections(
  sql: ISql,
  projections: readonly Projection[],
  before?: Projection,
): Promise<void> {
  const changed = <Row>(rows: (projection: Projection) => readonly Row[]): Row[] => {
    const old = new Set(before ? rows(before) : [])
    return projections.flatMap(rows).filter((row) => !old.has(row))
  }
  const people = await existingPeople(sql, projections)
  const tickets = await existingTickets(sql, projections)
  const orNull = <Id extends string>(id: Id | null, existing: ReadonlySet<Id>) => (id && existing.has(id) ? id : null)

  await saveContacts(
    sql,
    changed((p) => [p.contact]).map((contact) => ({ ...contact, personId: orNull(contact.personId, people) })),
  )
  await saveQueueEntries(
    sql,
    changed((p) => p.entries),
  )
  await saveSegments(
    sql,
    changed((p) => p.segments),
  )
  await saveRecordings(
    sql,
    changed((p) => p.recordings),
  )
  await saveSurveys(
    sql,
    changed((p) => p.surveys).map((survey) => ({ ...survey, ticketId: orNull(survey.ticketId, tickets) })),
  )
  await linkTickets(sql, projections, tickets)
}

async function existingPeople(sql: ISql, projections: readonly Projection[]): Promise<Set<PersonId>> {
  const ids = new Set(projections.flatMap(({ contact }) => contact.personId ?? []))
  if (ids.size === 0) return new Set()
  const rows = await sql<{ id: PersonId }[]>`select id from people where id = any(${[...ids]}) for key share`
  return new Set(rows.map((row) => row.id))
}

async function existingTickets(sql: ISql, projections: readonly Projection[]): Promise<Set<TicketId>> {
  const ids = new Set(projections.flatMap(({ ticketIds }) => ticketIds))
  if (ids.size === 0) return new Set()
  const rows = await sql<{ id: TicketId }[]>`select id from tickets where id = any(${[...ids]}) for key share`
  return new Set(rows.map((row) => row.id))
}

async function linkTickets(sql: ISql, projections: readonly Projection[], existing: ReadonlySet<TicketId>) {
  const links = projections.flatMap(({ contact, ticketIds }) =>
    ticketIds.filter((id) => existing.has(id)).map((ticketId) => ({ ticketId, contactId: contact.id })),
  )
  if (links.length > 0) await sql`insert into ticket_contacts ${sql(links)} on conflict do nothing`
}
