import type { FlowId, UserId } from '@ringdown/core/kernel'
import { type ISql, inTransaction, jsonb } from '../client.ts'

/** One published version; `flow` is checked by whoever runs it. */
export type PublishedFlow = { id: FlowId; version: number; flow: unknown }

/** Flows with their latest version and the number that leads there (the first, if several do). */
export async function listFlows(
  sql: ISql,
): Promise<{ id: FlowId; name: string; number: string | null; version: number; publishedAt: number }[]> {
  return sql<{ id: FlowId; name: string; number: string | null; version: number; publishedAt: number }[]>`
    select f.id, f.name, v.version, v.published_at,
      (select min(number) from inbound_numbers where flow_id = f.id) as number
    from flows f
    cross join lateral (
      select version, published_at from flow_versions where flow_id = f.id order by version desc limit 1
    ) v
    order by f.name, f.id`
}

/** A version of a flow; the latest unless said. */
export async function findFlow(sql: ISql, id: FlowId, version?: number): Promise<PublishedFlow | undefined> {
  const [row] = await sql<PublishedFlow[]>`
    select flow_id as id, version, flow from flow_versions
    where flow_id = ${id} and ${version === undefined ? sql`true` : sql`version = ${version}`}
    order by version desc limit 1`
  return row
}

/** The flow that answers a called number (user part of the request URI, or E.164). */
export async function findFlowByNumber(sql: ISql, number: string): Promise<PublishedFlow | undefined> {
  const [row] = await sql<{ flowId: FlowId }[]>`select flow_id from inbound_numbers where number = ${number}`
  return row && findFlow(sql, row.flowId)
}

export async function createFlow(sql: ISql, name: string, id?: FlowId): Promise<FlowId> {
  const [row] = await sql<{ id: FlowId }[]>`
    insert into flows (id, name) values (coalesce(${id ?? null}::uuid, gen_random_uuid()), ${name}) returning id`
  return (row as { id: FlowId }).id
}

/**
 * Adds the next version, which takes all new calls from now on.
 * @returns its version, or undefined when there is no such flow
 */
export async function publishFlow(
  sql: ISql,
  id: FlowId,
  flow: unknown,
  publishedBy: UserId | null,
): Promise<number | undefined> {
  return inTransaction(sql, async (tx) => {
    const [found] = await tx`select 1 from flows where id = ${id} for update`
    if (!found) return undefined
    const [row] = await tx<{ version: number }[]>`
      insert into flow_versions (flow_id, version, flow, published_by)
      select ${id}, coalesce(max(version), 0) + 1, ${jsonb(tx, flow)}, ${publishedBy}
      from flow_versions where flow_id = ${id}
      returning version`
    return row?.version
  })
}

/** Leads a called number to a flow. */
export async function routeNumber(sql: ISql, number: string, flowId: FlowId): Promise<void> {
  await sql`
    insert into inbound_numbers ${sql({ number, flowId })}
    on conflict (number) do update set flow_id = excluded.flow_id`
}
