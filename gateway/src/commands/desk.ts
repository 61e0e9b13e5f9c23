import type { DeskView } from '@ringdown/core/contract'
import { ok, type UserId } from '@ringdown/core/kernel'
import type { CommandHandlers } from './handlers.ts'

/** The desk as it is now. */
export const deskCommands = (parts: {
  composeDesk(agentId: UserId): Promise<DeskView>
}): Pick<CommandHandlers, 'desk:read'> => ({
  'desk:read': async ({ userId }) => ok(await parts.composeDesk(userId)),
})
