import { type ApiError, type CommandName, commands, type Reply } from '@ringdown/core/contract'
import type { RunCommand } from '../commands/run-command.ts'
import type { DeskSocket } from './desk-socket.ts'

/** Every command of the contract on one socket: the same gate as HTTP; a client without a reply callback is tolerated. */
export function bind(socket: DeskSocket, run: RunCommand): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    const onCommand = async (input: unknown, reply?: (r: Reply<unknown>) => void) => {
      const result = await run(name, socket.data.caller, input)
      if (typeof reply !== 'function') return
      reply(
        result.ok ? { ok: true, value: result.value } : { ok: false, error: result.error satisfies ApiError['error'] },
      )
    }
    socket.on(name, onCommand as never)
  }
}
