import type { Call } from './call.ts'
import { allowHeader } from './capabilities.ts'
import { contactUri } from './dialog.ts'
import { header, type SipRequest } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'

type Answerer = (call: Call, transaction: ServerTransaction) => void

/** What this phone does with each request within a call. */
const answerers: Record<string, Answerer> = {
  BYE: answerBye,
  INVITE: answerOffer,
  UPDATE: answerOffer,
  INFO: answerInfo,
  PRACK: answerPrack,
  NOTIFY: ok,
  MESSAGE: ok,
  OPTIONS: (_, transaction) => void transaction.respond(200, { headers: [allowHeader] }),
}

export function answerInDialog(call: Call, transaction: ServerTransaction): void {
  const answerer = answerers[transaction.request.method]
  if (answerer) answerer(call, transaction)
  else transaction.respond(405, { headers: [allowHeader] })
}

function ok(_: Call, transaction: ServerTransaction): void {
  transaction.respond(200)
}

function answerBye(call: Call, transaction: ServerTransaction): void {
  if (call.context.misbehaviour.ignoreBye) return
  transaction.respond(200)
  call.endedByThem(transaction.request)
}

/** A re-INVITE or UPDATE. One that crosses ours is refused (RFC 3261 14.2). */
function answerOffer(call: Call, transaction: ServerTransaction): void {
  const target = contactUri(transaction.request)
  if (target && call.dialog) call.dialog.remoteTarget = target
  const crossed = transaction.request.body.length > 0 && call.context.media.awaitsAnswer
  if (crossed) return void transaction.respond(491)
  answerWithSdpIfOffered(call, transaction)
}

function answerWithSdpIfOffered(call: Call, transaction: ServerTransaction): void {
  const { media, contact } = call.context
  const { request } = transaction
  const isInvite = request.method === 'INVITE'
  if (request.body.length === 0 && !isInvite) return void transaction.respond(200, { headers: [contact] })
  const sdp = request.body.length > 0 ? media.answer(request.body) : media.offer()
  if (!sdp) return void transaction.respond(488)
  transaction.respond(200, { headers: [contact, ['Content-Type', 'application/sdp']], body: sdp })
}

/** A PRACK carries the answer to an offer in our reliable response, or an offer of its own (RFC 3262 5). */
function answerPrack(call: Call, transaction: ServerTransaction): void {
  const { media } = call.context
  const { body } = transaction.request
  if (body.length > 0 && media.awaitsAnswer) {
    media.accept(body)
    transaction.respond(200)
  } else answerWithSdpIfOffered(call, transaction)
}

/** DTMF by INFO is kept with the other digits; anything else is simply accepted. */
function answerInfo(call: Call, transaction: ServerTransaction): void {
  transaction.respond(200)
  const digit = dtmfOf(transaction.request)
  if (digit) call.audio.addDigit({ ...digit, atMs: call.audio.recorder.elapsedMs })
}

function dtmfOf(request: SipRequest): { digit: string; durationMs: number } | undefined {
  const type = header(request, 'Content-Type')?.toLowerCase() ?? ''
  const body = request.body.toString()
  if (type.startsWith('application/dtmf-relay')) {
    const digit = /^signal\s*=\s*([0-9*#A-D])/im.exec(body)?.[1]
    return digit ? { digit, durationMs: Number(/^duration\s*=\s*(\d+)/im.exec(body)?.[1] ?? 0) } : undefined
  }
  const digit = type.startsWith('application/dtmf') ? body.trim() : ''
  return digit === '' ? undefined : { digit, durationMs: 0 }
}
