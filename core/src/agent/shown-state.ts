import type { AgentRecord } from './agent.ts'

/**
 * The one word that others see of an agent: signed_out, the work he does, else the reason he is not ready, else
 * device_problem or available.
 */
export function shownState(agent: AgentRecord | undefined): string {
  if (!agent?.session) return 'signed_out'
  if (agent.work.state !== 'idle') return agent.work.state
  if (agent.status.chosen.status === 'not_ready') return agent.status.chosen.reason
  return agent.device.proven ? 'available' : 'device_problem'
}

/** Since when he shows it. */
export function shownSince(agent: AgentRecord): number {
  const { session, work, status, device } = agent
  if (!session) return device.since
  if (work.state !== 'idle') return work.since
  if (status.chosen.status === 'not_ready') return Math.max(status.since, work.since)
  return device.proven ? Math.max(status.since, work.since, device.since) : device.since
}
