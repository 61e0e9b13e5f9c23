import type { UserId } from '@ringdown/core/kernel'
import type { ISql } from '../client.ts'

export type AgentDay = { answered: number; talkMs: number; wrapUpMs: number; lastCallEndedAt: number | null }

/** What agents did with callers from `from` (included) to `to` (not), by when their segments began. */
export async function agentDays(sql: ISql, { from, to }: { from: number; to: number }): Promise<Map<UserId, AgentDay>> {
  const rows = await sql<(AgentDay & { agentId: UserId })[]>`
    select agent_id, count(*) as answered,
      (1000 * coalesce(sum(extract(epoch from ended_at - started_at)), 0))::bigint as talk_ms,
      (1000 * coalesce(sum(extract(epoch from wrap_up_ended_at - wrap_up_started_at)), 0))::bigint as wrap_up_ms,
      max(ended_at) as last_call_ended_at
    from segments where started_at >= ${from} and started_at < ${to} group by agent_id`
  return new Map(rows.map(({ agentId, ...day }) => [agentId, day]))
}
