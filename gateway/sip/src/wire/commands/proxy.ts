import type { Command } from '../command.ts'

/** `id|proxy|…`: stateful proxying. */
export const proxy: Command = (_core, app, { id }) => {
  app.reply(id, 'NOK|proxy is not supported')
  return undefined
}
