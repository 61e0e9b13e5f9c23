import type { Headsets } from '../agents/headsets.ts'
import type { CommandHandlers } from './handlers.ts'

/** The browser's audio session. */
export const headsetCommands = ({
  headsets,
}: {
  headsets: Pick<Headsets, 'connect'>
}): Pick<CommandHandlers, 'headset:connect'> => ({
  'headset:connect': ({ userId }, { sdp }) => headsets.connect(userId, sdp),
})
