import type { Skill, SkillUse } from '@ringdown/core/contract'
import { err, type Localized, ok, type Result, type SkillId } from '@ringdown/core/kernel'
import type { z } from 'zod'
import { duplicateOf, foreignKeyOf, type ISql, jsonb } from '../client.ts'

export type SkillRow = z.infer<typeof Skill>
export type SkillDuplicate = { code: 'duplicate'; field: 'name.zh' | 'name.en' }

export async function listSkills(sql: ISql): Promise<SkillRow[]> {
  return sql<SkillRow[]>`select id, name from skills order by name ->> 'en', id`
}

/** Skills with the agents who have them and the queues that ask for them. */
export async function listSkillUses(sql: ISql): Promise<SkillUse[]> {
  return sql<SkillUse[]>`${selectUses(sql)} order by s.name ->> 'en', s.id`
}

export async function findSkillUse(sql: ISql, id: SkillId): Promise<SkillUse | undefined> {
  const [row] = await sql<SkillUse[]>`${selectUses(sql)} where s.id = ${id}`
  return row
}

export async function createSkill(sql: ISql, name: Localized, id?: SkillId): Promise<Result<SkillRow, SkillDuplicate>> {
  try {
    const [row] = await sql<SkillRow[]>`
      insert into skills (id, name) values (coalesce(${id ?? null}::uuid, gen_random_uuid()), ${jsonb(sql, name)})
      returning id, name`
    return ok(row as SkillRow)
  } catch (error) {
    return err(duplicateName(error))
  }
}

export async function renameSkill(
  sql: ISql,
  id: SkillId,
  name: Localized,
): Promise<Result<SkillRow, SkillDuplicate | { code: 'not_found' }>> {
  try {
    const [row] = await sql<SkillRow[]>`
      update skills set name = ${jsonb(sql, name)} where id = ${id} returning id, name`
    return row ? ok(row) : err({ code: 'not_found' })
  } catch (error) {
    return err(duplicateName(error))
  }
}

/** Refused while an agent has it or a queue asks for it. */
export async function deleteSkill(
  sql: ISql,
  id: SkillId,
): Promise<Result<void, { code: 'not_found' } | { code: 'in_use' }>> {
  try {
    const { count } = await sql`delete from skills where id = ${id}`
    return count > 0 ? ok(undefined) : err({ code: 'not_found' })
  } catch (error) {
    if (foreignKeyOf(error)) return err({ code: 'in_use' })
    throw error
  }
}

const selectUses = (sql: ISql) => sql`
  select s.id, s.name,
    (select coalesce(jsonb_agg(jsonb_build_object('id', u.id, 'name', u.name) order by u.name, u.id), '[]')
      from agent_skills a join users u on u.id = a.user_id where a.skill_id = s.id) as agents,
    (select coalesce(jsonb_agg(jsonb_build_object('id', q.id, 'name', q.name) order by q.key), '[]')
      from queue_skills a join queues q on q.id = a.queue_id where a.skill_id = s.id) as queues
  from skills s`

function duplicateName(error: unknown): SkillDuplicate {
  const constraint = duplicateOf(error)
  if (constraint === 'skills_name_zh') return { code: 'duplicate', field: 'name.zh' }
  if (constraint === 'skills_name_en') return { code: 'duplicate', field: 'name.en' }
  throw error
}
