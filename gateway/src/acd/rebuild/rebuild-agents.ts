import type { UserId } from '@ringdown/core/kernel'
import type { AgentOfRecord } from '@ringdown/db/postgres'
import type { GatewayRegistry } from '@ringdown/db/redis'
import type { Routing } from '../../agents/sign-in.ts'
import type { Foundation } from '../../foundation.ts'
import { agentOfRecord } from './agent-of-record.ts'

export type RebuildAgentsParts = Pick<Foundation, 'agents' | 'clock' | 'log'> & {
  gateways: Pick<GatewayRegistry, 'expect'>
  /** Who is signed in, by the log of agents since an instant. */
  listAgents(since: number): Promise<AgentOfRecord[]>
  readRouting(agentId: UserId): Promise<Routing>
  /** Gateways with contacts that nobody ended: those who do not come back are cleaned up after. */
  listGateways(): Promise<string[]>
}

/** No shift is longer. */
const SHIFT_MS = 86_400_000

/** Puts back who is signed in, from PostgreSQL. Whoever signed in meanwhile keeps his newer record. */
export async function rebuildAgents(parts: RebuildAgentsParts): Promise<void> {
  const { agents, clock, log, gateways } = parts
  const known = await parts.listAgents(clock() - SHIFT_MS)
  for (const agent of known) {
    await agents.save(agentOfRecord(agent, await parts.readRouting(agent.agentId), clock()))
  }
  for (const gatewayId of await parts.listGateways()) await gateways.expect(gatewayId, clock())
  // a new installation, and a first start on a new Redis, find nobody
  if (known.length > 0) log.warn({ agents: known.length }, 'who is signed in was put back into Redis')
}
