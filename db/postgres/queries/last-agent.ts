import type { CustomerId, UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/** Whom a caller spoke to last since an instant: of all calls of his customer, or of his number where that is not known. */
export async function lastAgentOf(
  sql: ISql,
  { customerId, number, since }: { customerId: CustomerId | null; number: string | null; since: number },
): Promise<UserId | null> {
  const [row] = await sql<{ agentId: UserId }[]>`
    select s.agent_id from segments s join contacts c on c.id = s.contact_id
    where ${customerId === null ? sql`c.number = ${number}` : sql`c.customer_id = ${customerId}`}
      and c.started_at >= ${since} and s.ended_at is not null
    order by s.started_at desc limit 1`
  return row?.agentId ?? null
}
