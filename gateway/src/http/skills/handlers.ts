import { err, ok, type SkillId } from '@ringdown/core/kernel'
import { appendAudit, createSkill, deleteSkill, findSkillUse, listSkillUses, renameSkill } from '@ringdown/db/postgres'
import type { Refusal } from '../../commands/handlers.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import type { HttpNeeds } from '../ports.ts'
import { duplicate, notFound } from '../refusals.ts'

type SkillOperations = Pick<OperationHandlers, 'listSkills' | 'createSkill' | 'changeSkill' | 'deleteSkill'>

export function skillHandlers({ sql }: Pick<HttpNeeds, 'sql'>): SkillOperations {
  const audit = (action: string, userId: Parameters<typeof appendAudit>[1]['userId'], id: SkillId, details: object) =>
    appendAudit(sql, { userId, action, subjectId: id, details: { ...details } })

  return {
    listSkills: async () => ok(await listSkillUses(sql)),

    async createSkill({ body }, { userId }) {
      const created = await createSkill(sql, body.name)
      if (!created.ok) return err(duplicate(created.error.field))
      await audit('skill.created', userId, created.value.id, body)
      return ok({ ...created.value, agents: [], queues: [] })
    },

    async changeSkill({ params: { skillId }, body }, { userId }) {
      const renamed = await renameSkill(sql, skillId, body.name)
      if (!renamed.ok)
        return err(renamed.error.code === 'duplicate' ? duplicate(renamed.error.field) : notFound('skill'))
      await audit('skill.renamed', userId, skillId, body)
      const skill = await findSkillUse(sql, skillId)
      return skill ? ok(skill) : err(notFound('skill'))
    },

    async deleteSkill({ params: { skillId } }, { userId }) {
      const deleted = await deleteSkill(sql, skillId)
      if (!deleted.ok) return err(deleted.error.code === 'in_use' ? await inUse(skillId) : notFound('skill'))
      await audit('skill.deleted', userId, skillId, {})
      return ok({})
    },
  }

  async function inUse(id: SkillId): Promise<Refusal> {
    const skill = await findSkillUse(sql, id)
    const users = [
      ...(skill?.agents ?? []).map(({ name }) => name),
      ...(skill?.queues ?? []).map(({ name }) => `${name.zh} / ${name.en}`),
    ]
    return { code: 'in_use', message: `Take this skill first from those who use it: ${users.join(', ')}.` }
  }
}
