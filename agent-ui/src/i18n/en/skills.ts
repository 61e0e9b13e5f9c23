import type { Messages } from '../messages.ts'
import type { skills as zh } from '../zh/skills.ts'

export const skills: Messages<typeof zh> = {
  title: 'Skills',
  create: 'New skill',
  none: 'No skills yet. Once made, rate users by them and ask for them in queues.',
  name: 'Name',
  agents: 'Agents who have it',
  queues: 'Queues that ask for it',
  nameZh: 'Name in Chinese',
  nameEn: 'Name in English',
  exampleZh: 'e.g. 电源维修',
  exampleEn: 'e.g. Power supplies',
  used: 'In use by {{users}}. Take it from them first; then it can be deleted.',
  removeSure: 'Delete the skill “{{name}}”?',
}
