import type { Core } from '../core/core.ts'
import type { AppConnection } from './app-connection.ts'

/** One frame of an application: `<id>|<command>|<tokens…>` and, for some, a SIP message. */
export type CommandFrame = { readonly id: string; readonly tokens: readonly string[]; readonly message: Buffer }

/** Carries out a command and replies to it. `end` means that the connection has to be closed after the reply. */
export type Command = (core: Core, app: AppConnection, frame: CommandFrame) => 'end' | undefined

/** Takes a frame apart; undefined when it has no command. */
export function readCommand(payload: Buffer): { name: string; frame: CommandFrame } | undefined {
  const lineEnd = payload.indexOf(13)
  const leader = payload.toString('latin1', 0, lineEnd === -1 ? payload.length : lineEnd)
  const [id, name, ...tokens] = leader.split('|')
  if (!id || !name) return undefined
  return { name, frame: { id, tokens, message: lineEnd === -1 ? Buffer.alloc(0) : payload.subarray(lineEnd + 2) } }
}
