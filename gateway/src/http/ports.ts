import type { AgentRefusal } from '@ringdown/core/agent'
import type { Result, UserId } from '@ringdown/core/kernel'
import type { WhyNow } from '../acd/why-now.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Trunks } from '../sip/trunks/open-trunks.ts'
import type { Views } from '../socket/publish.ts'

/** What the operations ask of the live parts. */
export type HttpPorts = {
  views: Views
  ledger: Pick<Ledger, 'record'>
  trunks: Pick<Trunks, 'changed' | 'registrations'>
  /** Ends the shift of another user, with who did it. */
  forceSignOut(agentId: UserId, by: UserId): Promise<Result<unknown, AgentRefusal>>
  /** Why a caller who waits now waits. */
  whyNow: WhyNow
  /** The rules of a queue were changed: this gateway follows at once, others within seconds. */
  refreshQueues(): Promise<void>
  /** A member's queues or skills changed: his live record follows. */
  refreshRouting(agentId: UserId): Promise<void>
  /** Closes the sockets of a session that was signed out, on every gateway. */
  endSession(sessionId: string): void
  /** Closes the sockets of a user who must sign in again, or may no more, on every gateway. */
  endUser(userId: UserId): void
}

export type HttpNeeds = Pick<Foundation, 'sql' | 'bus' | 'clock' | 'newId' | 'config' | 'agents'>
