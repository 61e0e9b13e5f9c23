import { type OrphanedDialog, orphansOf } from '../../core/adopt-dialog.ts'
import type { Command } from '../command.ts'

/** `id|orphans`: the dialogs that wait for this group, as a JSON array behind the leader. */
export const orphans: Command = (core, app, { id }) => {
  const waiting: OrphanedDialog[] = orphansOf(core, app)
  app.reply(id, `OK|${waiting.length}|`, Buffer.from(JSON.stringify(waiting)))
  return undefined
}
