import type { Dialog, SrfRequest, SrfResponse } from 'drachtio-srf'
import type { Logger } from 'pino'
import { classifyBye } from './classify-failure.ts'
import { infoDigits } from './headers.ts'
import type { SipLeg, SipLegEvents } from './sip-leg.ts'

/** A keypress sent as INFO lasts this long. */
const DIGIT_MS = 160

/** Wraps a confirmed srf dialog. Call it in the same turn in which srf hands the dialog out, so that nothing is missed. */
export function dialogLeg(dialog: Dialog, who: 'caller' | 'agent', events: SipLegEvents, log: Logger): SipLeg {
  let open = true
  // srf passes the reason phrase as a second argument, which its types leave out.
  const onDestroy = (_: SrfRequest, reason?: string) => {
    if (!open) return
    open = false
    events.ended(classifyBye(reason ?? '', who))
  }
  dialog.on('destroy', onDestroy)
  dialog.on('modify', (req, res) => {
    answerOffer(req, res, dialog, events).catch((error: unknown) => {
      log.error({ err: error, callId: dialog.sip.callId }, 'a re-INVITE could not be answered')
      res.send(500)
    })
  })
  dialog.on('ack', (req) => {
    if (req.body) events.answered(req.body)
  })
  dialog.on('info', (req, res) => {
    const digit = infoDigits(req.get('Content-Type') ?? '', req.body)
    res.send(200)
    if (digit !== '') events.digit(digit)
  })
  return {
    callId: dialog.sip.callId,
    remoteSdp: dialog.remote.sdp,
    async hangUp() {
      if (!open) return
      open = false
      await dialog.destroy()
    },
    async sendDigits(digits) {
      for (const digit of digits) {
        const options = {
          method: 'INFO',
          headers: { 'Content-Type': 'application/dtmf-relay' },
          body: `Signal=${digit}\r\nDuration=${DIGIT_MS}\r\n`,
        }
        await dialog.request(options as unknown as SrfRequest)
      }
    },
  }
}

async function answerOffer(req: SrfRequest, res: SrfResponse, dialog: Dialog, events: SipLegEvents): Promise<void> {
  const reply = await events.offered(req.body === '' ? null : req.body)
  if (!reply.ok) {
    res.send(reply.error.status)
    return
  }
  dialog.local.sdp = reply.value
  res.send(200, { body: reply.value, headers: { 'Content-Type': 'application/sdp' } })
}
