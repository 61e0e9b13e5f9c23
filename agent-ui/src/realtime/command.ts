import type { CommandInput, CommandName, CommandOutput, Reply } from '@ringdown/core/contract'
import { Refusal } from '../api/index.ts'
import { socket } from './socket.ts'

const TIMEOUT_MS = 8000

/**
 * Asks something of the live world.
 * @throws Refusal with the server's code and sentence; `offline` when the connection is lost or nobody answers.
 */
export function command<K extends CommandName>(name: K, input: CommandInput<K>): Promise<CommandOutput<K>> {
  return ask<CommandOutput<K>>(name, input)
}

/** Starts or ends the board's updates for this page. */
export const watchBoard = (watch: boolean): Promise<Record<string, never>> => ask('board:watch', { watch })

async function ask<T>(name: string, input: unknown): Promise<T> {
  if (!socket.connected) throw new Refusal('offline', 'The connection to the server is lost')
  const untyped = socket.timeout(TIMEOUT_MS) as unknown as {
    emitWithAck(name: string, input: unknown): Promise<Reply<T>>
  }
  const reply = await untyped.emitWithAck(name, input).catch(() => {
    throw new Refusal('offline', 'The server did not answer in time')
  })
  if (reply.ok) return reply.value
  throw new Refusal(reply.error.code, reply.error.message, { field: reply.error.field })
}
