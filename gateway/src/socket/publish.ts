import type { BoardView, DeskView, ServerEvent } from '@ringdown/core/contract'
import type { BusMessage, ContactEvent } from '@ringdown/core/events'
import { never, type UserId } from '@ringdown/core/kernel'
import type { Logger } from 'pino'
import type { Bus } from '../bus/bus.ts'
import { coalesce } from './coalesce.ts'
import { type DeskServer, rooms } from './desk-socket.ts'

export type Views = {
  composeDesk(agentId: UserId): Promise<DeskView>
  composeBoard(): Promise<BoardView>
}

/** The board is told at most this often. */
export const BOARD_MS = 500
/** A watched board is drawn anew this often even when nothing happened (a new half hour, a new day). */
const BOARD_REFRESH_MS = 15_000

/** Facts that change what lists and call pages show. */
const SHOWN: ReadonlySet<ContactEvent['type']> = new Set([
  'contact_ended',
  'segment_ended',
  'recording_ended',
  'survey_answered',
  'wrap_up_ended',
  'ticket_linked',
])

/** Turns what the bus says into views in the rooms of this gateway's pages. Every gateway hears everything, so no adapter is needed. */
export function publishViews(io: DeskServer, bus: Bus, views: Views, log: Logger): Disposable {
  const desk = coalesce<UserId>(async (agentId) => {
    if (!io.sockets.adapter.rooms.has(rooms.user(agentId))) return
    try {
      io.to(rooms.user(agentId)).emit('desk:changed', await views.composeDesk(agentId))
    } catch (error) {
      log.error({ err: error, agentId }, 'the desk could not be composed')
    }
  })
  const board = throttle(BOARD_MS, async () => {
    if (!io.sockets.adapter.rooms.has(rooms.board)) return
    try {
      io.to(rooms.board).emit('board:changed', await views.composeBoard())
    } catch (error) {
      log.error({ err: error }, 'the board could not be composed')
    }
  })
  const refresh = setInterval(board.ask, BOARD_REFRESH_MS)
  const stop = bus.subscribe((message) => {
    board.ask()
    tell(io, message, desk)
  })
  return {
    [Symbol.dispose]() {
      stop()
      clearInterval(refresh)
      board.stop()
    },
  }
}

function tell(io: DeskServer, message: BusMessage, desk: (agentId: UserId) => void): void {
  switch (message.kind) {
    case 'contact':
      if (SHOWN.has(message.event.type)) io.emit('contact:changed', { contactId: message.event.contactId })
      return
    case 'offer':
      // The pop is told by `desk`, once the call's gateway has taken note of it.
      return
    case 'agent':
      desk(message.event.agentId)
      return
    case 'desk':
      desk(message.agentId)
      return
    case 'ticket':
      io.emit('ticket:changed', { ticketId: message.ticketId })
      return
    case 'session_ended':
      end(io, rooms.session(message.sessionId), message.reason)
      return
    case 'user_ended':
      end(io, rooms.user(message.userId), message.reason)
      return
    default:
      never(message)
  }
}

/** Closes pages, with the reason they show. */
function end(io: DeskServer, room: string, reason: ServerEvent<'session:ended'>['reason']): void {
  io.to(room).emit('session:ended', { reason })
  io.in(room).disconnectSockets(true)
}

/** Runs `work` at once and then at most every `ms`; the last ask is never lost. */
function throttle(ms: number, work: () => Promise<void>): { ask(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let asked = false
  const run = async (): Promise<void> => {
    asked = false
    timer = setTimeout(() => {
      timer = undefined
      if (asked) void run()
    }, ms)
    await work()
  }
  return {
    ask() {
      if (timer) asked = true
      else void run()
    },
    stop: () => clearTimeout(timer),
  }
}
