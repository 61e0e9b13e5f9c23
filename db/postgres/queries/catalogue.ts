import type { Catalogue } from '@ringdown/core/contract'
import type { ISql } from '../client.ts'
import { listDispositions } from '../tables/dispositions.ts'
import { readSettings } from '../tables/settings.ts'
import { listSkills } from '../tables/skills.ts'

/** The catalogue but for the agents' live state, which only Redis knows: `agents` have id and name. */
export async function readCatalogue(
  sql: ISql,
): Promise<Omit<Catalogue, 'agents'> & { agents: Omit<Catalogue['agents'][number], 'state'>[] }> {
  const [{ company, timeZone, numberToCall }, queues, agents, dispositions, skills] = await Promise.all([
    readSettings(sql),
    sql<Catalogue['queues']>`select id, key, name from queues order by key`,
    sql<Catalogue['agents']>`
      select id, name from users u
      where active and (role = 'agent' or exists (select 1 from queue_members where user_id = u.id)) order by name`,
    listDispositions(sql),
    listSkills(sql),
  ])
  return { company, timeZone, numberToCall, queues, agents, dispositions, skills }
}
