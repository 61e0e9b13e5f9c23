import { type AgentRecord, isRoutable, shownSince, shownState } from '@ringdown/core/agent'
import type { LiveContact } from '@ringdown/core/contact'
import type { AgentRow, QueueTile } from '@ringdown/core/contract'
import type { ContactId, QueueId, UserId } from '@ringdown/core/kernel'
import { callerName } from './caller-name.ts'

/** What an agent shows, since when, and on what. */
export function agentRow(
  user: { id: UserId; name: string },
  agent: AgentRecord | undefined,
  contacts: ReadonlyMap<ContactId, LiveContact>,
): AgentRow {
  const contactId = agent && agent.work.state !== 'idle' ? agent.work.contactId : null
  const contact = contactId ? contacts.get(contactId) : undefined
  return {
    ...user,
    state: shownState(agent),
    since: agent ? shownSince(agent) : null,
    contactId,
    on: contact ? callerName(contact) : null,
    device: agent?.session ? agent.device.kind : null,
    queues: agent?.session ? agent.queues : [],
    answeredToday: agent?.callsToday ?? 0,
  }
}

/** Signed-in members of a queue by what they do. One whose device is lost is not ready, whatever he chose. */
export function agentCounts(agents: readonly AgentRecord[], queueId: QueueId): QueueTile['agents'] {
  const counts = { available: 0, busy: 0, wrapUp: 0, notReady: 0 }
  for (const agent of agents) {
    if (!agent.session || !agent.queues.includes(queueId)) continue
    if (agent.work.state === 'wrap_up') counts.wrapUp++
    else if (agent.work.state !== 'idle') counts.busy++
    else if (isRoutable(agent)) counts.available++
    else counts.notReady++
  }
  return counts
}
