import type { TicketId } from '@ringdown/core/kernel'
import type { TicketMessage } from '@ringdown/core/ticket'
import type { ISql } from '../client.ts'

const columns = (sql: ISql) => sql`
  id, ticket_id, at, kind, jsonb_build_object('id', author_id, 'name', author_name) as author, text`

/** The conversation, oldest first. */
export async function listTicketMessages(sql: ISql, ticketId: TicketId): Promise<TicketMessage[]> {
  return sql<TicketMessage[]>`
    select ${columns(sql)} from ticket_messages where ticket_id = ${ticketId} order by at, id`
}

/** Adds to the conversation and moves the ticket's time of change; its version stays, nobody's edit becomes stale. */
export async function addTicketMessage(
  sql: ISql,
  ticketId: TicketId,
  { author, ...message }: Pick<TicketMessage, 'at' | 'kind' | 'author' | 'text'>,
): Promise<TicketMessage> {
  const [row] = await sql<TicketMessage[]>`
    with touched as (update tickets set updated_at = ${message.at} where id = ${ticketId})
    insert into ticket_messages ${sql({ ticketId, ...message, authorId: author.id, authorName: author.name })}
    returning ${columns(sql)}`
  return row as TicketMessage
}
