import type { Queue } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import { err, ok, type QueueId, type Result, type UserId } from '@ringdown/core/kernel'
import { duplicateOf, foreignKeyOf, type ISql, inTransaction, jsonb } from '../client.ts'
import { type Change, given } from '../given.ts'

export type QueueDuplicate = { code: 'duplicate'; field: 'key' }
/** It asks for a skill that is not there (any more). */
export type QueueUnknown = { code: 'unknown'; field: 'requiredSkills' }

const selectQueues = (sql: ISql) => sql`
  select q.id, q.key, q.name, q.strategy, q.offer_ms, q.wrap_up_ms, q.max_wait_ms, q.short_abandon_ms,
    q.service_level_ms, q.service_level_target, q.announce_every_ms, q.music, q.survey,
    q.preferred_skills, q.member_order, q.steps, q.weight, q.prefer_last_agent_ms,
    (select coalesce(jsonb_agg(jsonb_build_object('skillId', skill_id, 'level', level) order by skill_id), '[]')
      from queue_skills where queue_id = q.id) as required_skills
  from queues q`

/** In the order of their keys. */
export async function listQueues(sql: ISql): Promise<Queue[]> {
  return sql<Queue[]>`${selectQueues(sql)} order by q.key`
}

export async function findQueue(sql: ISql, id: QueueId): Promise<Queue | undefined> {
  const [row] = await sql<Queue[]>`${selectQueues(sql)} where q.id = ${id}`
  return row
}

export async function findQueueByKey(sql: ISql, key: string): Promise<Queue | undefined> {
  const [row] = await sql<Queue[]>`${selectQueues(sql)} where q.key = ${key}`
  return row
}

export async function createQueue(
  sql: ISql,
  { requiredSkills, name, steps, ...columns }: Omit<Queue, 'id'> & { id?: QueueId },
): Promise<Result<Queue, QueueDuplicate | QueueUnknown>> {
  try {
    return await inTransaction(sql, async (tx) => {
      const [row] = await tx<{ id: QueueId }[]>`
        insert into queues ${tx({ ...columns, name: jsonb(tx, name), steps: jsonb(tx, steps) })} returning id`
      if (!row) throw new Error('insert into queues returned no row')
      await saveRequiredSkills(tx, row.id, requiredSkills)
      return ok((await findQueue(tx, row.id)) as Queue)
    })
  } catch (error) {
    return err(refusalOf(error))
  }
}

export async function changeQueue(
  sql: ISql,
  id: QueueId,
  { requiredSkills, name, steps, ...columns }: Change<Omit<Queue, 'id'>>,
): Promise<Result<Queue, QueueDuplicate | QueueUnknown | { code: 'not_found' }>> {
  const changed = {
    ...given(columns),
    ...(name && { name: jsonb(sql, name) }),
    ...(steps && { steps: jsonb(sql, steps) }),
  }
  try {
    return await inTransaction(sql, async (tx) => {
      if (Object.keys(changed).length > 0) await tx`update queues set ${tx(changed)} where id = ${id}`
      if (requiredSkills) await saveRequiredSkills(tx, id, requiredSkills)
      const queue = await findQueue(tx, id)
      return queue ? ok(queue) : err({ code: 'not_found' })
    })
  } catch (error) {
    return err(refusalOf(error))
  }
}

/** Queues a user takes calls from, with their names. */
export async function listQueuesOf(sql: ISql, userId: UserId): Promise<Pick<Queue, 'id' | 'key' | 'name'>[]> {
  return sql<Pick<Queue, 'id' | 'key' | 'name'>[]>`
    select q.id, q.key, q.name from queues q join queue_members m on m.queue_id = q.id
    where m.user_id = ${userId} order by q.key`
}

/** What a signed-in agent can be routed: his queues and his levels by skill. */
export async function routingOf(sql: ISql, userId: UserId): Promise<Pick<AgentRecord, 'queues' | 'skills'>> {
  const [row] = await sql<Pick<AgentRecord, 'queues' | 'skills'>[]>`
    select array(select queue_id from queue_members where user_id = ${userId} order by queue_id) as queues,
      (select coalesce(jsonb_object_agg(skill_id, level), '{}') from agent_skills where user_id = ${userId}) as skills`
  return row as Pick<AgentRecord, 'queues' | 'skills'>
}

async function saveRequiredSkills(sql: ISql, queueId: QueueId, skills: Queue['requiredSkills']): Promise<void> {
  await sql`delete from queue_skills where queue_id = ${queueId}`
  if (skills.length === 0) return
  await sql`insert into queue_skills ${sql(skills.map((skill) => ({ queueId, ...skill })))}`
}

function refusalOf(error: unknown): QueueDuplicate | QueueUnknown {
  if (foreignKeyOf(error) === 'queue_skills_skill') return { code: 'unknown', field: 'requiredSkills' }
  if (duplicateOf(error) === 'queues_key') return { code: 'duplicate', field: 'key' }
  throw error
}
