import type { AgentEvent } from '@ringdown/core/events'
import type { UserId } from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'

/** Adds to the log of agents; an event that is there already is left as it is. */
export async function appendAgentEvents(sql: ISql, events: readonly AgentEvent[]): Promise<void> {
  if (events.length === 0) return
  const rows = events.map(({ at, by, ...event }) => ({
    ...event,
    at: new Date(at),
    byParty: by.party,
    byUserId: by.userId,
  }))
  await sql`
    insert into agent_events (event_id, agent_id, at, type, state, previous, contact_id, device, by_party, by_user_id)
    select "eventId", "agentId", at, type, state, previous, "contactId", device, "byParty", "byUserId"
    from jsonb_to_recordset(${jsonb(sql, rows)}) as given ("eventId" uuid, "agentId" uuid, at timestamptz, type text,
      state text, previous text, "contactId" uuid, device text, "byParty" text, "byUserId" uuid)
    on conflict (event_id) do nothing`
}

/** What an agent did from `from` (included) to `to` (not), oldest first. */
export async function listAgentEvents(
  sql: ISql,
  { agentId, from, to }: { agentId: UserId; from: number; to: number },
): Promise<AgentEvent[]> {
  return sql<AgentEvent[]>`
    select event_id, agent_id, at, type, state, previous, contact_id,
      jsonb_build_object('party', by_party, 'userId', by_user_id) as by
    from agent_events where agent_id = ${agentId} and at >= ${from} and at < ${to} order by at, event_id`
}
