import type { Command } from '../command.ts'

/** `id|group|<name>`: when this connection is lost, its dialogs wait for another connection of the group. */
export const group: Command = (_core, app, { id, tokens: [name = ''] }) => {
  if (!/^[\w.:-]{1,64}$/.test(name)) {
    app.reply(id, 'NO|invalid group')
    return undefined
  }
  app.group = name
  app.reply(id, 'OK')
  return undefined
}
