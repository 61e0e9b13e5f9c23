import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { metadata } from '../wire/leader.ts'
import type { IncomingRequest } from './incoming-request.ts'

/** Hands a request from the network to an application (wire protocol, section 5.2). */
export function deliverRequest(app: AppConnection, incoming: IncomingRequest): void {
  const { request, vias, flow, txnId, dialog } = incoming
  const bytes = textOf(request, vias[0])
  const receivedOn = dialog ? '' : `${flow.listener.local.host}|${flow.listener.local.port}|`
  app.send(`sip|${metadata('network', bytes.length, flow, 'remote')}|${txnId}|${dialog?.id ?? ''}|${receivedOn}`, bytes)
}

/** An ACK or CANCEL: it names a transaction that is known already. */
export function deliverAbout(
  app: AppConnection,
  request: SipRequest,
  via: string | undefined,
  flow: Flow,
  txnId: string,
  dialogId: string,
): void {
  const bytes = textOf(request, via)
  app.send(`sip|${metadata('network', bytes.length, flow, 'remote')}|${txnId}|${dialogId}|`, bytes)
}

/** Hands a response from the network to the application that sent the request. */
export function deliverResponse(
  app: AppConnection,
  response: SipResponse,
  flow: Flow,
  txnId: string,
  dialogId: string,
): void {
  const bytes = textOf(response, undefined)
  app.send(`sip|${metadata('network', bytes.length, flow, 'remote')}|${txnId}|${dialogId}|`, bytes)
}

/** The message as received, with the stamped top Via line in place of the one that came. */
function textOf(message: SipMessage, viaLine: string | undefined): Buffer {
  const { head, body } = message
  const original = message.headers.get('via') ?? ''
  const at = viaLine === undefined || viaLine === original ? -1 : head.indexOf(original)
  const text = at === -1 ? head : head.slice(0, at) + viaLine + head.slice(at + original.length)
  const bytes = Buffer.allocUnsafe(text.length + 2 + body.length)
  bytes.write(text, 0, 'latin1')
  bytes.write('\r\n', text.length, 'latin1')
  body.copy(bytes, text.length + 2)
  return bytes
}
