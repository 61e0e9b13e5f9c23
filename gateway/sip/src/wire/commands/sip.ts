import { sendAck } from '../../core/send-ack.ts'
import { sendCancel } from '../../core/send-cancel.ts'
import { sendInDialog } from '../../core/send-in-dialog.ts'
import { sendRequest } from '../../core/send-request.ts'
import { sendResponse } from '../../core/send-response.ts'
import { readAppMessage } from '../app-message.ts'
import type { Command } from '../command.ts'

/** `id|sip|<txnId>|<dialogId>[|<route>]` and a SIP message: a request or a response to send (section 4.4). */
export const sip: Command = (core, app, { id, tokens: [txnId = '', dialogId = '', route = ''], message }) => {
  const text = readAppMessage(message)
  if (typeof text === 'string') {
    app.reply(id, `NOK|${text}`)
    return undefined
  }
  if (text.kind === 'response') {
    if (txnId === '') {
      app.reply(id, 'NO|transaction id missing')
      return 'end'
    }
    sendResponse(core, app, id, txnId, text)
    return undefined
  }
  if (text.method === 'CANCEL') {
    sendCancel(core, app, id, txnId, text)
    return undefined
  }
  // Digest retries in a dialog name it by Call-ID only.
  const dialog =
    dialogId !== '' ? core.dialogs.get(dialogId) : core.dialogs.findConfirmed(text.headers.get('call-id') ?? '', app)
  if (text.method === 'ACK') sendAck(core, app, id, dialog, text)
  else if (dialog) sendInDialog(core, app, id, dialog, text)
  else if (dialogId === '') sendRequest(core, app, id, text, route)
  else app.reply(id, 'NOK|Server error: unable to find dialog for dialog id provided')
  return undefined
}
