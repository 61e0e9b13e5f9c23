import type { JobHandler } from '../job-handler.ts'

/** Joins the surveys of a contact to the ticket that the call left; scores and segment are the ledger's. */
export const surveyBookkeeping: JobHandler<'survey-bookkeeping'> = async ({ event }, { sql }) => {
  await sql`
    update surveys s set ticket_id = l.ticket_id
    from (
      select contact_id, ticket_id from ticket_contacts where contact_id = ${event.contactId}
      order by linked_at limit 1
    ) l
    where s.contact_id = l.contact_id and s.ticket_id is null`
}
