import type { ContactId, QueueId, SurveyId, UserId } from '@ringdown/core/kernel'
import type { Survey } from '@ringdown/core/survey'
import type { ISql } from '../client.ts'
import { where } from '../page.ts'
import { upsertRows } from '../upsert-rows.ts'

const columns = (sql: ISql) => sql`
  id, contact_id, segment_id, agent_id, queue_id, ticket_id, trigger, sent_at, csat, nps, answered_at`

export async function findSurvey(sql: ISql, id: SurveyId): Promise<Survey | undefined> {
  const [row] = await sql<Survey[]>`select ${columns(sql)} from surveys where id = ${id}`
  return row
}

/** The surveys of a contact, in order. */
export async function listSurveysOfContact(sql: ISql, contactId: ContactId): Promise<Survey[]> {
  return sql<Survey[]>`select ${columns(sql)} from surveys where contact_id = ${contactId} order by sent_at, id`
}

/** Surveys sent from `from` (included) to `to` (not), of a queue or an agent if given, oldest first. */
export async function listSurveys(
  sql: ISql,
  filter: { from: number; to: number; queueId?: QueueId; agentId?: UserId },
): Promise<Survey[]> {
  const conditions = [
    sql`sent_at >= ${filter.from} and sent_at < ${filter.to}`,
    ...(filter.queueId ? [sql`queue_id = ${filter.queueId}`] : []),
    ...(filter.agentId ? [sql`agent_id = ${filter.agentId}`] : []),
  ]
  return sql<Survey[]>`select ${columns(sql)} from surveys ${where(sql, conditions)} order by sent_at, id`
}

export async function saveSurveys(sql: ISql, surveys: readonly Survey[]): Promise<void> {
  await upsertRows(sql, 'surveys', surveys)
}
