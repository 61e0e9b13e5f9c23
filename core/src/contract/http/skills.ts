import { z } from 'zod'
import { Localized, QueueId, SkillId, UserId } from '../../kernel/index.ts'
import { Nothing, operation } from '../operation.ts'
import { Skill } from './settings.ts'

const inWords = z.string().trim().min(1).max(120)
export const SkillInput = z.object({ name: z.object({ zh: inWords, en: inWords }) })
export type SkillInput = z.infer<typeof SkillInput>

/** A skill with those it could not be taken from without their notice. */
export const SkillUse = Skill.extend({
  agents: z.array(z.object({ id: UserId, name: z.string() })),
  queues: z.array(z.object({ id: QueueId, name: Localized })),
})
export type SkillUse = z.infer<typeof SkillUse>

const tag = 'settings'
const params = z.object({ skillId: SkillId })
const path = '/api/skills/{skillId}'

export const skills = {
  listSkills: operation({
    tag,
    summary: 'Skills, with the agents who have them and the queues that ask for them',
    method: 'get',
    path: '/api/skills',
    role: 'admin',
    output: z.array(SkillUse),
  }),
  createSkill: operation({
    tag,
    summary: 'New skill',
    method: 'post',
    path: '/api/skills',
    role: 'admin',
    body: SkillInput,
    output: SkillUse,
  }),
  changeSkill: operation({
    tag,
    summary: 'Rename a skill',
    method: 'patch',
    path,
    role: 'admin',
    params,
    body: SkillInput,
    output: SkillUse,
  }),
  deleteSkill: operation({
    tag,
    summary: 'Delete a skill; refused as in_use, naming by whom, while an agent has it or a queue asks for it',
    method: 'delete',
    path,
    role: 'admin',
    params,
    output: Nothing,
  }),
} as const
