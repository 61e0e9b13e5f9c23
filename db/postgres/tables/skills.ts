import type { Skill } from '@ringdown/core/contract'
import type { Localized, SkillId } from '@ringdown/core/kernel'
import type { z } from 'zod'
import { type ISql, jsonb } from '../client.ts'

export type SkillRow = z.infer<typeof Skill>

export async function listSkills(sql: ISql): Promise<SkillRow[]> {
  return sql<SkillRow[]>`select id, name from skills order by name ->> 'en', id`
}

export async function createSkill(sql: ISql, name: Localized, id?: SkillId): Promise<SkillRow> {
  const [row] = await sql<SkillRow[]>`
    insert into skills (id, name) values (coalesce(${id ?? null}::uuid, gen_random_uuid()), ${jsonb(sql, name)})
    returning id, name`
  return row as SkillRow
}
