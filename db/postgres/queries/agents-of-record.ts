import type { DeviceKind } from '@ringdown/core/agent'
import type { ContactId, QueueId, SegmentId, UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

/** What the record knows of an agent who is signed in. */
export type AgentOfRecord = {
  agentId: UserId
  signedInAt: number
  device: DeviceKind | null
  /** What he showed last besides work, and since when. */
  shown: string
  shownSince: number
  /** His call or his wrap-up; null: neither. */
  segment: {
    segmentId: SegmentId
    contactId: ContactId
    queueId: QueueId | null
    startedAt: number
    heldAt: number | null
    wrapUpStartedAt: number | null
    wrapUpEndsAt: number | null
  } | null
}

/** Agents whose last event since an instant is not that they signed out. */
export async function listAgentsOfRecord(sql: ISql, since: number): Promise<AgentOfRecord[]> {
  const rows = await sql<(Omit<AgentOfRecord, 'segment'> & { segment: AgentOfRecord['segment'] })[]>`
    with seen as (
      select e.*, row_number() over (partition by agent_id order by at desc, event_id) as nth
      from agent_events e where at >= ${since}
    ), present as (select agent_id from seen where nth = 1 and state <> 'signed_out')
    select p.agent_id, start.at as signed_in_at, device.device, shown.state as shown, shown.at as shown_since,
      to_jsonb(segment) as segment
    from present p
    join lateral (select max(at) as at from seen s where s.agent_id = p.agent_id and s.type = 'signed_in') start
      on start.at is not null
    join lateral (select s.state, s.at from seen s where s.agent_id = p.agent_id
      and s.state not in ('ringing', 'talking', 'held', 'wrap_up', 'signed_out') order by s.at desc, s.event_id limit 1) shown on true
    left join lateral (select s.device from seen s where s.agent_id = p.agent_id and s.device is not null
      order by s.at desc limit 1) device on true
    left join lateral (
      select s.id as "segmentId", s.contact_id as "contactId", s.queue_id as "queueId",
        ${millisecondsOf(sql, 's.started_at')} as "startedAt", ${millisecondsOf(sql, 's.held_at')} as "heldAt",
        ${millisecondsOf(sql, 's.wrap_up_started_at')} as "wrapUpStartedAt",
        (select (w.data ->> 'endsAt')::bigint from contact_events w where w.contact_id = s.contact_id
          and w.type = 'wrap_up_started' and w.data ->> 'segmentId' = s.id::text order by w.seq desc limit 1) as "wrapUpEndsAt"
      from segments s where s.agent_id = p.agent_id and s.started_at >= ${since}
        and (s.ended_at is null or (s.wrap_up_started_at is not null and s.wrap_up_ended_at is null))
      order by s.started_at desc limit 1
    ) segment on true`
  return rows
}

const millisecondsOf = (sql: ISql, column: string) => sql`(extract(epoch from ${sql(column)}) * 1000)::bigint`

/** Contacts that a gateway began and nobody ended. */
export async function listOpenContacts(sql: ISql, gatewayId: string): Promise<ContactId[]> {
  const rows = await sql<{ id: ContactId }[]>`
    select id from contacts where gateway_id = ${gatewayId} and ended_at is null`
  return rows.map((row) => row.id)
}

/** Gateways that began contacts which nobody ended. */
export async function listGatewaysOfOpenContacts(sql: ISql): Promise<string[]> {
  const rows = await sql<{ gatewayId: string }[]>`select distinct gateway_id from contacts where ended_at is null`
  return rows.map((row) => row.gatewayId)
}
