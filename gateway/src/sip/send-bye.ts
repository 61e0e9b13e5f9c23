import type Srf from 'drachtio-srf'
import type { Dialog, SrfRequest, SrfResponse } from 'drachtio-srf'
import type { SipConnection } from './connect.ts'

/** 64 × T1: a BYE without an answer is done with after this time (RFC 3261 17.1.2.2, timer F). */
const BYE_MS = 32_000
/** Above the numbers our requests in the dialog can have used (RFC 3261 12.2.2 lets them jump). */
const SEQUENCE_LEAP = 1000

/**
 * Ends a dialog by BYE and resolves when that was answered or has waited long enough; never rejects. Through a SIP server
 * that does not know the dialog, because the one that did was lost, it goes as a request of its own.
 * @param losses the connection's count when the dialog was made
 */
export async function sendBye(sip: SipConnection, dialog: Dialog, losses: number): Promise<void> {
  const limit = AbortSignal.timeout(BYE_MS)
  try {
    if (sip.losses === losses && (await byeInside(sip, dialog, limit))) return
    if (await sip.stands(limit)) await byeOutside(sip.srf, dialog, limit)
  } finally {
    forget(sip.srf, dialog)
  }
}

/** @returns false when the connection broke before it was answered */
function byeInside({ changes }: SipConnection, dialog: Dialog, limit: AbortSignal): Promise<boolean> {
  return new Promise((settle) => {
    const lost = () => done(false)
    const over = () => done(true)
    const done = (answered: boolean) => {
      changes.off('lost', lost)
      limit.removeEventListener('abort', over)
      settle(answered)
    }
    changes.on('lost', lost)
    limit.addEventListener('abort', over)
    // A server that refuses it knows why: the dialog ended a moment ago. Any other error is the connection's.
    dialog.destroy({ headers: {} }, (error: { code?: string } | null) =>
      done(!error || error.code === 'ENODIALOG' || error.code === 'EDRACHTIO'),
    )
  })
}

/** Fields of a request outside dialogs, which both SIP servers honour: that is how a challenged request is repeated. */
async function byeOutside(srf: Srf, dialog: Dialog, limit: AbortSignal): Promise<void> {
  const { req, res } = dialog as Dialog & { res: SrfResponse }
  const fromUs = dialog.type === 'uac'
  const us = fromUs ? req.get('From') : withTag(req.get('To'), dialog.sip.localTag)
  const them = fromUs ? res.get('To') : req.get('From')
  const sequence = (fromUs ? Number.parseInt(req.get('CSeq'), 10) : 0) + SEQUENCE_LEAP
  const bye = {
    method: 'BYE',
    uri: dialog.remote.uri,
    headers: { From: us, To: them, 'Call-ID': dialog.sip.callId, CSeq: `${sequence} BYE` },
    ...viaOf(fromUs ? res : req),
  }
  await new Promise<void>((settle) => {
    limit.addEventListener('abort', () => settle())
    // What its types leave out: everything in one object.
    const request = srf.request.bind(srf) as unknown as (
      bye: object,
      sent: (error: unknown, request?: SrfRequest) => void,
    ) => void
    try {
      request(bye, (error, sent) => (error || !sent ? settle() : sent.on('response', () => settle())))
    } catch {
      // srf throws when the connection has just broken again.
      settle()
    }
  })
}

/** Over UDP where their last message came from, which NAT lets through; a stream is gone with the old server. */
function viaOf({ protocol, source_address: host, source_port: port }: SrfRequest | SrfResponse): { proxy?: string } {
  if (protocol !== 'udp' || !host) return {}
  return { proxy: `sip:${host.includes(':') ? `[${host}]` : host}:${port}` }
}

const withTag = (party: string, tag: string): string => (/;\s*tag=/i.test(party) ? party : `${party};tag=${tag}`)

/** A dialog whose BYE has no answer would stay in srf for ever. */
function forget(srf: Srf, dialog: Dialog): void {
  ;(srf as unknown as { removeDialog(dialog: Dialog): void }).removeDialog(dialog)
  dialog.removeAllListeners()
}
