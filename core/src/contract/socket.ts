import { z } from 'zod'
import { ContactId, TicketId } from '../kernel/index.ts'
import type { CommandInput, CommandName, CommandOutput } from './commands.ts'
import type { ApiError } from './operation.ts'
import { BoardView, DeskView } from './views/index.ts'

/** Facts the server tells a page. Views come whole, so a page that missed one needs no repair but the next. */
export const serverEvents = {
  'desk:changed': DeskView,
  /** Only to pages that watch the board; at most twice a second. */
  'board:changed': BoardView,
  /** Level meter of the headset, 0–1, about 5 times a second while connected. */
  'headset:level': z.object({ in: z.number(), out: z.number() }),
  /** A browser's audio session, by the id in the answer to `headset:connect`: connected, gone, or another page has taken over. */
  'headset:state': z.object({ state: z.enum(['connected', 'lost', 'replaced']), sessionId: z.string() }),
  /** Something that lists and open pages show has changed: fetch it again. */
  'contact:changed': z.object({ contactId: ContactId }),
  'ticket:changed': z.object({ ticketId: TicketId }),
  /** The session was ended elsewhere (signed out, expired, forced). */
  'session:ended': z.object({ reason: z.enum(['signed_out', 'expired', 'forced']) }),
} as const satisfies Record<string, z.ZodType>

export type ServerEvents = typeof serverEvents
export type ServerEventName = keyof ServerEvents
export type ServerEvent<K extends ServerEventName> = z.infer<ServerEvents[K]>

export type Reply<T> = { ok: true; value: T } | ({ ok: false } & ApiError)

export type ServerToClientEvents = { [K in ServerEventName]: (view: ServerEvent<K>) => void }
export type ClientToServerEvents = {
  [K in CommandName]: (input: CommandInput<K>, reply: (r: Reply<CommandOutput<K>>) => void) => void
} & {
  /** Starts or ends `board:changed` for this page (supervisors). */
  'board:watch': (input: { watch: boolean }, reply: (r: Reply<Record<string, never>>) => void) => void
}
