import type { Termination } from '@ringdown/core/contact'
import type { Result } from '@ringdown/core/kernel'

/** What a SIP leg tells call control. Set once, before anything can happen on the leg. */
export type SipLegEvents = {
  /** The other side, or the network, ended the leg; never after our own `hangUp`. */
  ended(termination: Termination): void
  /**
   * A re-INVITE. Null: without an offer, so the reply is an offer of ours and the answer follows by `answered`.
   * @returns the SDP to reply with, or a refusal
   */
  offered(sdp: string | null): Promise<Result<string, SipRefusal>>
  /** The answer to an offer of ours came in the ACK. */
  answered(sdp: string): void
  /** A key sent as SIP INFO. */
  digit(digit: string): void
}

/** A confirmed dialog with a caller or an agent's phone. */
export type SipLeg = {
  readonly callId: string
  /** The session description the other side sent; empty when it is yet to come. */
  readonly remoteSdp: string
  /** BYE. Settles when it was answered or given up; safe to call twice. */
  hangUp(): Promise<void>
  /** Sends keys as INFO, for peers without RFC 4733. */
  sendDigits(digits: string): Promise<void>
}

/** A response that refuses a request. */
export type SipRefusal = { status: number; reason?: string; retryAfterS?: number }

/** An INVITE from outside, not yet answered. */
export type IncomingCall = {
  readonly callId: string
  readonly from: CallerId
  /** The address its INVITE came from, as the network says. */
  readonly source: string
  /** User part of the request URI: the number that was called. */
  readonly called: string
  /** Whom the caller wanted: P-Called-Party-ID (RFC 7315 4.2), else To. Not `called` where that is our own contact. */
  readonly addressee: string
  /** Null: the caller wants our offer. */
  readonly offer: string | null
  /** Aborted when the caller cancels before the answer. */
  readonly cancelled: AbortSignal
  /** @returns the leg, or why there is none (the caller was faster) */
  answer(sdp: string, events: SipLegEvents): Promise<Result<SipLeg, Termination>>
  refuse(refusal: SipRefusal): void
}

export type CallerId = { number: string; name: string | null }
