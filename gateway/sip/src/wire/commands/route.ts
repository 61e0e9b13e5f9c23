import type { Command } from '../command.ts'

/** `id|route|<verb>`: the application wants these requests, or these call records (wire protocol, section 4.3). */
export const route: Command = (core, app, { id, tokens: [verb = ''] }) => {
  if (!/^[\w:.-]+$/.test(verb)) {
    app.reply(id, 'NO|invalid verb')
    return undefined
  }
  core.routes.add(verb.toLowerCase(), app)
  app.reply(id, 'OK')
  return undefined
}
