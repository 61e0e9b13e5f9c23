import type { UserId } from '@ringdown/core/kernel'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Views } from '../socket/publish.ts'
import { contactHandlers } from './contacts/handlers.ts'
import { customerHandlers } from './customers/handlers.ts'
import type { OperationHandlers } from './operation-handlers.ts'
import { sessionHandlers } from './session/handlers.ts'
import { settingsHandlers } from './settings/handlers.ts'
import { ticketHandlers } from './tickets/handlers.ts'

/** What the operations ask of the live parts. */
export type HttpPorts = {
  views: Views
  ledger: Pick<Ledger, 'record'>
  /** Ends the shift of another user, with who did it. */
  forceSignOut(agentId: UserId, by: UserId): Promise<void>
  /** A member's queues or skills changed: his live record follows. */
  refreshRouting(agentId: UserId): Promise<void>
  /** Closes the sockets of a session that was signed out. */
  endSession(sessionId: string): void
  /** Closes the sockets of a user who may no longer sign in. */
  endUser(userId: UserId): void
}

export type HttpNeeds = Pick<Foundation, 'sql' | 'bus' | 'clock' | 'newId' | 'config' | 'agents'>

/** All operations of the contract. */
export function operationHandlers(foundation: HttpNeeds, ports: HttpPorts): OperationHandlers {
  const parts = { ...foundation, ...ports }
  return {
    ...sessionHandlers(parts),
    ...customerHandlers(parts),
    ...contactHandlers(parts),
    ...ticketHandlers(parts),
    ...settingsHandlers(parts),
  }
}
