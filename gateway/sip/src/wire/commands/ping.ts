import type { Command } from '../command.ts'

/** `id|ping` (wire protocol, section 4.2). */
export const ping: Command = (_core, app, { id }) => {
  app.reply(id, 'OK|pong')
  return undefined
}
