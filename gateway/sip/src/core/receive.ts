import type { Refusal } from '../limits/intake.ts'
import { findDefect } from '../message/find-defect.ts'
import { newTag } from '../message/ids.ts'
import type { SipRequest } from '../message/message.ts'
import { type Defect, parseMessage } from '../message/parse-message.ts'
import { relayRequest } from '../proxy/relay-request.ts'
import type { Flow } from '../transport/flow.ts'
import { composeResponse } from './compose-response.ts'
import type { Core } from './core.ts'
import { receiveAck } from './receive-ack.ts'
import { receiveCancel } from './receive-cancel.ts'
import { receiveInDialog } from './receive-in-dialog.ts'
import { receiveInitial } from './receive-initial.ts'
import { receiveResponse } from './receive-response.ts'
import { stampedVias } from './stamped-vias.ts'

/**
 * Everything from the network comes in here. Never throws: should one message bring a mistake of ours to light, that
 * message is lost and logged, and no other call.
 */
export function receive(core: Core, bytes: Buffer, flow: Flow): void {
  try {
    receiveMessage(core, bytes, flow)
  } catch (error) {
    core.metrics.dropped.inc({ reason: 'internal_error' })
    core.log.error({ err: error, remote: flow.remote }, 'message not handled')
  }
}

function receiveMessage(core: Core, bytes: Buffer, flow: Flow): void {
  const parsed = parseMessage(bytes, flow.framing)
  if (!parsed.ok) {
    core.metrics.dropped.inc({ reason: 'unreadable' })
    core.intake.noise(flow)
    return
  }
  const { message } = parsed
  const defect = parsed.defect ?? findDefect(message)
  core.capture.received(message.callId, bytes, flow)
  if (message.kind === 'response') {
    if (defect) core.metrics.dropped.inc({ reason: 'bad_response' })
    else receiveResponse(core, message, flow)
    return
  }
  core.metrics.requestReceived(message.method)
  if (defect) refuse(core, message, flow, defect)
  else receiveRequest(core, message, flow)
}

function receiveRequest(core: Core, request: SipRequest, flow: Flow): void {
  if (relayRequest(core, request, flow)) return
  if (request.method === 'ACK') {
    receiveAck(core, request, flow)
    return
  }
  const existing = core.transactions.findServer(request)
  if (existing) {
    core.metrics.retransmissions.inc({ direction: 'in' })
    existing.machine.requestAgain()
    return
  }
  if (request.method === 'CANCEL') {
    receiveCancel(core, request, flow)
    return
  }
  if (request.toTag !== '') {
    receiveInDialog(core, request, flow)
    return
  }
  const refusal = core.intake.refusal(request, flow)
  if (!refusal) receiveInitial(core, request, flow)
  else if (refusal.status !== undefined) answerStatelessly(flow, request, refusal)
}

/** A malformed request; an ACK, or one without a Via to answer by, is dropped. */
function refuse(core: Core, request: SipRequest, flow: Flow, { status, reason }: Defect): void {
  core.metrics.dropped.inc({ reason: 'malformed' })
  core.intake.noise(flow)
  if (request.method === 'ACK' || !request.maybeVia) return
  answerStatelessly(flow, request, { status, reason, headers: [] })
}

/** RFC 3261 section 8.2.7: what is refused costs no memory, and its repetition is refused again. */
function answerStatelessly(flow: Flow, request: SipRequest, { status = 503, reason, headers }: Refusal): void {
  const vias = stampedVias(request, flow.remote)
  flow.send(composeResponse({ request, vias, status, reason, toTag: newTag(), headers, body: undefined }))
}
