import type { AgentRecord } from '@ringdown/core/agent'
import { shownState } from '@ringdown/core/agent'
import type { Catalogue, User } from '@ringdown/core/contract'

/** Everybody who can take calls, with the state colleagues see. */
export function agentStates(users: readonly User[], live: readonly AgentRecord[]): Catalogue['agents'] {
  const records = new Map(live.map((record) => [record.agentId, record]))
  return users
    .filter((user) => user.active && user.queues.length > 0)
    .map(({ id, name }) => ({ id, name, state: shownState(records.get(id)) }))
}
