import type { AgentRecord, AgentRefusal, DeviceKind } from '@ringdown/core/agent'
import type { Result, UserId } from '@ringdown/core/kernel'
import { byAgent, type Changed, type ChangeParts, changeAgent } from './change-agent.ts'

/** What the record says of an agent: where he may work, and his day so far. */
export type Routing = Pick<AgentRecord, 'queues' | 'skills' | 'callsToday' | 'lastCallEndedAt'>

export type SignInParts = ChangeParts & {
  readRouting(agentId: UserId): Promise<Routing>
  /** Where the agent's SIP phone is registered; null: nowhere. */
  phoneOf(agentId: UserId): Promise<string | null>
}

/** Begins a shift (签入), or changes the device of an idle agent. A registered phone is proven at once. */
export async function signIn(
  parts: SignInParts,
  agentId: UserId,
  device: DeviceKind,
): Promise<Result<Changed, AgentRefusal>> {
  const [routing, phone] = await Promise.all([
    parts.readRouting(agentId),
    device === 'sip' ? parts.phoneOf(agentId) : null,
  ])
  const by = byAgent(agentId)
  const signedIn = await changeAgent(parts, agentId, by, () => ({
    type: 'signed_in',
    at: parts.clock(),
    device,
    ...routing,
  }))
  if (!signedIn.ok || phone === null) return signedIn
  return changeAgent(parts, agentId, by, ({ device: d }) =>
    d.kind === 'sip' && d.address !== phone ? { type: 'device_proven', at: parts.clock(), address: phone } : null,
  )
}
