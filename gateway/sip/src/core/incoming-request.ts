import { randomUUID } from 'node:crypto'
import type { Dialog } from '../dialog/dialog.ts'
import { newTag } from '../message/ids.ts'
import type { SipRequest } from '../message/message.ts'
import { InviteServer, type ResponseObserver } from '../transaction/invite-server.ts'
import { NonInviteServer } from '../transaction/non-invite-server.ts'
import { keysOf, type ServerEntry, type ServerKeys } from '../transaction/transactions.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { composeResponse } from './compose-response.ts'
import type { Core } from './core.ts'
import { stampedVias } from './stamped-vias.ts'

/** A request from the network until its final response. */
export type IncomingRequest = {
  readonly txnId: string
  readonly request: SipRequest
  /** Via values for responses, the top one with the true source in it. */
  readonly vias: readonly string[]
  readonly flow: Flow
  readonly transaction: ServerEntry<IncomingRequest>
  /** Who has to answer it; undefined when the server does. */
  app: AppConnection | undefined
  dialog: Dialog<AppConnection> | undefined
  /** Set when it has been proxied instead of answered. */
  proxied: { cancel(): void } | undefined
}

/** Begins the server transaction of a request. */
export function openRequest(core: Core, request: SipRequest, flow: Flow): IncomingRequest {
  const transaction = openTransaction(
    core,
    request.method,
    keysOf(request),
    flow,
    request.toTag || newTag(),
    observe(core, request, flow),
  )
  const incoming: IncomingRequest = {
    txnId: randomUUID(),
    request,
    vias: stampedVias(request, flow.remote),
    flow,
    transaction,
    app: undefined,
    dialog: undefined,
    proxied: undefined,
  }
  transaction.owner = incoming
  return incoming
}

/** Answers without an application. A final answer ends the request. */
export function answer(
  core: Core,
  incoming: IncomingRequest,
  status: number,
  reason: string,
  headers: readonly (readonly [string, string])[] = [],
): void {
  const { request, vias, transaction } = incoming
  const bytes = composeResponse({ request, vias, status, reason, toTag: transaction.toTag, headers, body: undefined })
  transaction.machine.respond(status, bytes)
  if (status >= 200) settle(core, incoming)
}

/** Forgets a request that has its final response; its transaction lives on to absorb repetitions. */
export function settle(core: Core, incoming: IncomingRequest): void {
  core.incoming.delete(incoming.txnId)
  incoming.transaction.owner = undefined
  const { dialog } = incoming
  if (dialog?.incomingInvite === incoming.txnId) dialog.incomingInvite = undefined
  if (dialog?.incomingUpdate === incoming.txnId) dialog.incomingUpdate = undefined
}

/** Limits and figures hear of the responses to what came from the network. */
function observe(core: Core, request: SipRequest, flow: Flow): ResponseObserver | undefined {
  const limits = core.intake.observe(request, flow)
  const figures = core.metrics.sessions.watch('in', request.method, request.toTag !== '')
  if (!limits || !figures) return limits ?? figures
  return (status, bytes) => {
    limits(status, bytes)
    figures(status)
  }
}

// Takes keys, not the request: the closure lives as long as the transaction, the request should not.
function openTransaction(
  core: Core,
  method: string,
  keys: ServerKeys,
  flow: Flow,
  toTag: string,
  observer: ResponseObserver | undefined,
): ServerEntry<IncomingRequest> {
  const ended = () => core.transactions.removeServer(keys)
  const machine =
    method === 'INVITE'
      ? new InviteServer(flow, core.scheduler, core.timers, ended, observer)
      : new NonInviteServer(flow, core.scheduler, core.timers, ended, observer)
  const entry: ServerEntry<IncomingRequest> = { machine, toTag, owner: undefined }
  core.transactions.addServer(keys, entry)
  return entry
}
