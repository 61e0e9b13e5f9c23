import type { AppConnection } from '../wire/app-connection.ts'
import type { AppMessage } from '../wire/app-message.ts'
import { appHeaders } from './app-headers.ts'
import { composeRequest } from './compose-request.ts'
import type { Core } from './core.ts'
import { echoRequest } from './echo-request.ts'

type AppRequest = Extract<AppMessage, { kind: 'request' }>

const taken = ['from', 'to', 'call-id', 'cseq', 'max-forwards', 'contact', 'p-asserted-identity', 'content-type']

/** An application cancels its INVITE. The echo comes now; the CANCEL itself waits for a provisional response. */
export function sendCancel(core: Core, app: AppConnection, frameId: string, txnId: string, request: AppRequest): void {
  const invite = core.outgoing.get(txnId)
  if (!invite) {
    app.reply(frameId, 'NOK|Server error: unable to find transaction to cancel')
    return
  }
  const headers = appHeaders(request.headers, taken, invite.flow.listener)
  echoRequest(app, frameId, composeRequest(invite.base, 'CANCEL', headers), invite.flow)
  invite.requestCancel(headers)
}
