import { Dialog } from '../dialog/dialog.ts'
import { parseNameAddr, partyOf, tagOf } from '../message/name-addr.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { Core } from './core.ts'
import { refreshTarget, setRoutes } from './dialog-target.ts'
import type { IncomingRequest } from './incoming-request.ts'
import { startSeq } from './start-seq.ts'

/** The dialog a response belongs to; the first one with a To tag to an INVITE or SUBSCRIBE makes it. */
export function joinDialog(
  core: Core,
  incoming: IncomingRequest,
  status: number,
  app: AppConnection,
): Dialog<AppConnection> | undefined {
  const { request, flow, transaction } = incoming
  if (incoming.dialog) return incoming.dialog
  if (request.method !== 'INVITE' && !(request.method === 'SUBSCRIBE' && status < 300)) return undefined
  const dialog = new Dialog<AppConnection>({
    kind: request.method === 'INVITE' ? 'INVITE' : 'SUBSCRIBE',
    role: 'uas',
    callId: request.callId,
    localTag: transaction.toTag,
    localParty: partyOf(request.to),
    remoteParty: partyOf(request.from),
    fromTag: request.fromTag,
    owner: app,
  })
  dialog.remoteTag = request.fromTag
  dialog.remoteSeq = request.cseq.number
  dialog.localSeq = startSeq()
  dialog.incomingInvite = incoming.txnId
  setRoutes(dialog, request)
  refreshTarget(dialog, request, flow, core.policy.natDetection)
  incoming.dialog = dialog
  if (status < 300) core.dialogs.add(dialog)
  return dialog
}

/** The application may choose the tag in the first response it sends. */
export function chooseToTag({ transaction, request, dialog }: IncomingRequest, to: string | undefined): void {
  if (dialog || request.toTag !== '') return
  const given = parseNameAddr(to ?? '')
  const tag = given && tagOf(given)
  if (tag && /^[\w\-.!%*+`'~]+$/.test(tag)) transaction.toTag = tag
}
