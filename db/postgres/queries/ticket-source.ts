import type { ContactId } from '@ringdown/core/kernel'
import type { TicketSource } from '@ringdown/core/ticket'
import type { ISql } from '../client.ts'

/** What `draftFromContact` needs of an answered contact; undefined when no agent ever talked on it. */
export async function findTicketSource(sql: ISql, contactId: ContactId): Promise<TicketSource | undefined> {
  const [row] = await sql<TicketSource[]>`
    select coalesce(c.language, 'zh') as language, c.customer_id, c.person_id,
      coalesce(p.name, cu.name, c.caller_name, c.number, c.caller) as caller_name,
      case when q.id is not null then jsonb_build_object('key', q.key, 'name', q.name) end as queue,
      s.agent_id
    from contacts c
    join lateral (
      select agent_id, queue_id from segments where contact_id = c.id order by started_at desc limit 1
    ) s on true
    left join people p on p.id = c.person_id
    left join customers cu on cu.id = c.customer_id
    left join queues q on q.id = s.queue_id
    where c.id = ${contactId}`
  return row
}
