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
  /** Forgets a signed-out agent. */
  remove(record: AgentRecord): Promise<Result<void, { code: 'stale' }>>
}
