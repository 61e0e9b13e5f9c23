import type { ExtendedError } from 'socket.io'
import type { Refusal } from '../commands/handlers.ts'
import { createAllowance, type Rate } from './allowance.ts'
import type { DeskSocket } from './desk-socket.ts'

export type SocketLimits = {
  /** Attempts to connect from one address, signed in or not: a whole office after a restart comes through. */
  attempts: Rate
  /** Connections of one user: a page that reloads, a network that comes and goes, a few tabs of it. */
  connections: Rate
  /** Commands of one user, over all his pages. */
  commands: Rate
}

/** @param ratePerMinute what one user may ask over HTTP; his sockets let through as much, three seconds of it at once */
export const socketLimits = (ratePerMinute: number): SocketLimits => ({
  attempts: { burst: 600, perSecond: 20 },
  connections: { burst: 60, perSecond: 2 },
  commands: { burst: Math.ceil(ratePerMinute / 20), perSecond: ratePerMinute / 60 },
})

/** Refuses what comes too fast: attempts and connections by an error of the handshake, commands by their reply. */
export function createSocketGate(limits: SocketLimits, clock: () => number) {
  const attempts = createAllowance(limits.attempts, clock)
  const connections = createAllowance(limits.connections, clock)
  const commands = createAllowance(limits.commands, clock)
  return {
    attempt: (address: string): ExtendedError | undefined => tooFast(attempts.take(address)),
    connection: (userId: string): ExtendedError | undefined => tooFast(connections.take(userId)),
    /** Everything a page sends, known or not, goes through here. */
    guard(socket: DeskSocket): void {
      socket.use((packet, next) => {
        const waitMs = commands.take(socket.data.caller.userId)
        if (waitMs === 0) return next()
        const reply: unknown = packet.at(-1)
        if (typeof reply === 'function') reply({ ok: false, error: tooMany(waitMs) })
      })
    },
  }
}

const tooFast = (waitMs: number): ExtendedError | undefined =>
  waitMs === 0 ? undefined : Object.assign(new Error('too_many'), { data: tooMany(waitMs) })

const tooMany = (retryAfterMs: number): Refusal => ({
  code: 'too_many',
  message: `Too many requests; try again in ${Math.ceil(retryAfterMs / 1000)} s.`,
  retryAfterMs,
})
