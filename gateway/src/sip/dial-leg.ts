import type { Termination } from '@ringdown/core/contact'
import { err, ok, type Result } from '@ringdown/core/kernel'
import type Srf from 'drachtio-srf'
import type { SrfRequest } from 'drachtio-srf'
import type { Logger } from 'pino'
import { classifyStatus } from './classify-failure.ts'
import { dialogLeg } from './dialog-leg.ts'
import { fromHeader } from './headers.ts'
import type { CallerId, SipLeg, SipLegEvents } from './sip-leg.ts'

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
export function dialLeg(srf: Srf, dial: Dial, events: SipLegEvents, log: Logger): Dialling {
  let invite: SrfRequest | undefined
  let rang = false
  let cancelled = false
  const cancelInvite = () =>
    invite?.cancel((error: unknown) => error && log.debug({ err: error }, 'CANCEL came too late'))
  const answered = new Promise<Result<SipLeg, Termination>>((settle) => {
    const from = fromHeader(dial.from)
    const options = {
      localSdp: dial.offer,
      headers: { From: from, Contact: from },
      ...(dial.via === null ? {} : { proxy: dial.via }),
    }
    const progress = {
      cbRequest(_error: unknown, sent?: SrfRequest) {
        invite = sent
        if (cancelled) cancelInvite()
      },
      cbProvisional() {
        rang = true
      },
    }
    srf.createUAC(dial.uri, options, progress as never, (error: unknown, dialog) => {
      if (!error) {
        const leg = dialogLeg(dialog, 'agent', events, log)
        if (!cancelled) return settle(ok(leg))
        leg.hangUp().catch((failed: unknown) => log.debug({ err: failed }, 'BYE after a crossed CANCEL failed'))
        return settle(err({ party: 'agent', reason: 'cancelled' }))
      }
      const { status } = error as { status?: number }
      if (typeof status !== 'number') log.warn({ err: error, uri: dial.uri }, 'a phone could not be called')
      settle(err(typeof status === 'number' ? classifyStatus(status, rang) : { party: 'network', reason: 'error' }))
    })
  })
  return {
    answered,
    cancel() {
      if (cancelled) return
      cancelled = true
      cancelInvite()
    },
  }
}
