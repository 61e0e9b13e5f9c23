import { adoptDialog } from '../../core/adopt-dialog.ts'
import type { Command } from '../command.ts'

/** `id|adopt|<dialog id>`: the dialog is this connection's from now on; requests that were held follow the answer. */
export const adopt: Command = (core, app, { id, tokens: [dialogId = ''] }) => {
  const adopted = adoptDialog(core, app, dialogId)
  if (!adopted) {
    app.reply(id, 'NOK|Server error: unable to find dialog for dialog id provided')
    return undefined
  }
  app.reply(id, `OK|${dialogId}|`, Buffer.from(JSON.stringify(adopted.dialog)))
  adopted.deliverHeld()
  return undefined
}
