import type { Command } from '../command.ts'

/** `id|remove_route|<verb>`: removes this one registration (wire protocol, section 4.3). */
export const removeRoute: Command = (core, app, { id, tokens: [verb = ''] }) => {
  const removed = core.routes.remove(verb.toLowerCase(), app)
  app.reply(id, removed ? 'OK' : `NO|no route for ${verb}`)
  return undefined
}
