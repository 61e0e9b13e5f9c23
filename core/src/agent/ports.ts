import type { Result, UserId } from '../kernel/index.ts'
import type { AgentRecord } from './agent.ts'

/** Where live agent records are kept. Implemented on Redis; offers change agents through `AcdStore` only. */
export interface AgentStore {
  read(agentId: UserId): Promise<AgentRecord | undefined>
  readAll(): Promise<AgentRecord[]>
  /**
   * Saves a changed record if nobody changed it since it was read (`record.version` is the version read).
   * Keeps the ready index of every queue in step with `isRoutable`.
   * @returns the saved record with its new version, or `stale`: read again and decide again.
   */
  save(record: AgentRecord): Promise<Result<AgentRecord, { code: 'stale' }>>
  /** Notes that the pages of these agents are there (`session.seenAt`). No change of the record: its version stays. */
  see(agentIds: readonly UserId[], at: number): Promise<void>
  /** Forgets an agent, as when his user is deleted; a signed-out one is kept, so that versions never fall. */
  remove(record: AgentRecord): Promise<Result<void, { code: 'stale' }>>
}
