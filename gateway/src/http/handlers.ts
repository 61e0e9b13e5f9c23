import { contactHandlers } from './contacts/handlers.ts'
import { customerHandlers } from './customers/handlers.ts'
import type { OperationHandlers } from './operation-handlers.ts'
import type { HttpNeeds, HttpPorts } from './ports.ts'
import { promptHandlers } from './prompts/handlers.ts'
import { routingHandlers } from './routing/handlers.ts'
import { savedViewHandlers } from './saved-views/handlers.ts'
import { sessionHandlers } from './session/handlers.ts'
import { settingsHandlers } from './settings/handlers.ts'
import { skillHandlers } from './skills/handlers.ts'
import { ticketHandlers } from './tickets/handlers.ts'
import { trunkHandlers } from './trunks/handlers.ts'

/** All operations of the contract. */
export function operationHandlers(foundation: HttpNeeds, ports: HttpPorts): OperationHandlers {
  const parts = { ...foundation, ...ports }
  return {
    ...sessionHandlers(parts),
    ...customerHandlers(parts),
    ...contactHandlers(parts),
    ...routingHandlers(parts),
    ...ticketHandlers(parts),
    ...settingsHandlers(parts),
    ...promptHandlers(parts),
    ...savedViewHandlers(parts),
    ...skillHandlers(parts),
    ...trunkHandlers(parts),
  }
}
