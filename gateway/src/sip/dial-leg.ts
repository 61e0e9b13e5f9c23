import type { Termination } from '@ringdown/core/contact'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Dialog, SrfRequest } from 'drachtio-srf'
import { dialogLeg } from './dialog-leg.ts'
import { fromHeader } from './headers.ts'
import { isOver } from './leg/leg.ts'
import type { LiveLeg } from './leg/legs.ts'
import { sendBye } from './send-bye.ts'
import type { Signalling } from './signalling.ts'
import type { CallerId, SipLeg, SipLegEvents } from './sip-leg.ts'

/** A CANCEL without an end of its INVITE is done with after this time: 64 × T1 (RFC 3261 9.1). */
const CANCEL_MS = 32_000

export type Dial = {
  uri: string
  /** Where to send it instead of resolving the URI: the address a phone registered from. */
  via: string | null
  from: CallerId
  offer: string
}

/** An INVITE on its way: settles once; `cancel` after the answer hangs up instead. */
export type Dialling = { answered: Promise<Result<SipLeg, Termination>>; cancel(): void }

/** Calls an agent's phone. The answer's SDP is the leg's `remoteSdp`. */
export function dialLeg(signalling: Signalling, dial: Dial, events: SipLegEvents): Dialling {
  const { sip, legs, log } = signalling
  let invite: SrfRequest | undefined
  const leg = legs.open({ side: 'agent', state: 'dialing' }, () => invite?.get('Call-ID'))
  const { losses } = sip
  const cancelInvite = () =>
    invite?.cancel((error: unknown) => error && log.debug({ err: error }, 'CANCEL came too late'))
  const answered = new Promise<Result<SipLeg, Termination>>((settle) => {
    leg.watch((now) => isOver(now) && settle(err(now.why)))
    invitePhone(signalling, dial, leg, {
      sent(request) {
        invite = request
        if (leg.now.state === 'cancelling') cancelInvite()
      },
      answered(dialog) {
        if (leg.now.state === 'dialing' || leg.now.state === 'early') {
          return settle(ok(dialogLeg(signalling, leg, dialog, losses, events)))
        }
        // A 2xx that crossed with our CANCEL, or came when nobody waits any more.
        if (!isOver(leg.now)) leg.step({ type: 'answered' })
        sendBye(sip, dialog, losses).finally(() => leg.now.state === 'leaving' && leg.step({ type: 'left' }))
      },
    })
  })
  return {
    answered,
    cancel() {
      if (!leg.can({ type: 'cancel' })) return
      leg.step({ type: 'cancel' })
      cancelInvite()
      setTimeout(() => leg.now.state === 'cancelling' && leg.step({ type: 'left' }), CANCEL_MS).unref()
    },
  }
}

type Progress = { sent(invite: SrfRequest): void; answered(dialog: Dialog): void }

function invitePhone({ sip, log }: Signalling, dial: Dial, leg: LiveLeg, { sent, answered }: Progress): void {
  const from = fromHeader(dial.from)
  const options = {
    localSdp: dial.offer,
    headers: { From: from, Contact: from },
    ...(dial.via === null ? {} : { proxy: dial.via }),
  }
  const progress = {
    cbRequest: (_error: unknown, invite?: SrfRequest) => invite && sent(invite),
    cbProvisional: () => !isOver(leg.now) && leg.step({ type: 'rang' }),
  }
  const failed = (error: unknown) => {
    if (isOver(leg.now)) return
    const { status } = error as { status?: number }
    if (typeof status === 'number') return leg.step({ type: 'refused', status })
    if (!sip.connected) return leg.step({ type: 'server_lost' })
    log.warn({ err: error, uri: dial.uri }, 'a phone could not be called')
    return leg.step({ type: 'unsent' })
  }
  try {
    sip.srf.createUAC(dial.uri, options, progress as never, (error: unknown, dialog) =>
      error ? failed(error) : answered(dialog),
    )
  } catch (error) {
    // srf throws while it has no connection.
    failed(error)
  }
}
