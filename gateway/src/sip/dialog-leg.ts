import type { Dialog, SrfRequest, SrfResponse } from 'drachtio-srf'
import { infoDigits } from './headers.ts'
import type { LiveLeg } from './leg/legs.ts'
import { watchAudio } from './leg/watch-audio.ts'
import { sendBye } from './send-bye.ts'
import { sendInfoDigits } from './send-info-digits.ts'
import type { Signalling } from './signalling.ts'
import type { SipLeg, SipLegEvents } from './sip-leg.ts'

/**
 * A leg whose dialog is confirmed from now on. Call it in the same turn in which srf hands the dialog out, so that nothing
 * is missed.
 * @param losses the connection's count when the INVITE came or went
 */
export function dialogLeg(
  signalling: Signalling,
  leg: LiveLeg,
  dialog: Dialog,
  losses: number,
  events: SipLegEvents,
): SipLeg {
  const { sip, log } = signalling
  const left = Promise.withResolvers<void>()
  leg.watch((now, before, event) => {
    if (now.state === 'leaving' && before.state !== 'leaving') {
      sendBye(sip, dialog, losses).finally(() => leg.now.state === 'leaving' && leg.step({ type: 'left' }))
    }
    if (now.state === 'ended') left.resolve()
    const decided = now.state === 'leaving' || (now.state === 'ended' && before.state !== 'leaving')
    if (decided && event.type !== 'hang_up') events.ended(now.why)
  })
  watchAudio(signalling, leg, events)
  // srf passes the reason phrase as a second argument, which its types leave out.
  const onDestroy = (_: SrfRequest, reason?: string) => leg.step({ type: 'bye', reason: reason ?? '' })
  dialog.on('destroy', onDestroy)
  dialog.on('modify', (req, res) => {
    answerOffer(leg, dialog, events, req, res).catch((error: unknown) => {
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
  leg.step({ type: 'answered' })
  return {
    callId: dialog.sip.callId,
    remoteSdp: dialog.remote.sdp,
    silent: () => leg.can({ type: 'silent' }) && leg.step({ type: 'silent' }),
    heard: () => leg.can({ type: 'heard' }) && leg.step({ type: 'heard' }),
    hangUp(why) {
      const hangUp = { type: 'hang_up', why } as const
      if (leg.can(hangUp)) leg.step(hangUp)
      return left.promise
    },
    async sendDigits(digits) {
      return leg.now.state !== 'stranded' && sendInfoDigits(dialog, digits)
    },
  }
}

async function answerOffer(
  leg: LiveLeg,
  dialog: Dialog,
  events: SipLegEvents,
  req: SrfRequest,
  res: SrfResponse,
): Promise<void> {
  const reply = await events.offered(req.body === '' ? null : req.body)
  if (!reply.ok) {
    res.send(reply.error.status)
    return
  }
  dialog.local.sdp = reply.value
  res.send(200, { body: reply.value, headers: { 'Content-Type': 'application/sdp' } })
  const { state } = leg.now
  const holds = req.body !== '' && holdsUs(req.body)
  if (holds && (state === 'answered' || state === 'silent')) leg.step({ type: 'held' })
  if (!holds && state === 'held') leg.step({ type: 'resumed' })
}

/** Does an offer take our audio away, or at least give us none? (RFC 3264 8.4) */
export const holdsUs = (sdp: string): boolean =>
  /^a=(sendonly|inactive)\s*$/m.test(sdp) || /^c=IN IP4 0\.0\.0\.0\s*$/m.test(sdp)
