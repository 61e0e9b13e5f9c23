import type { Termination } from '@ringdown/core/contact'
import type { Result } from '@ringdown/core/kernel'

/** What a SIP leg tells call control, and asks of it. Set once, before anything can happen on the leg. */
export type SipLegEvents = {
  /** How long the other side may be silent, without a BYE, before it is given up. */
  readonly silentMs: number
  /** The other side, or the network, ended the leg; once, and never after our own `hangUp`. */
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
  /** When audio of the other side came last; null: never. Asked while no BYE of theirs could reach us. */
  heardAt(): Promise<number | null>
}

/** A confirmed dialog with a caller or an agent's phone. */
export type SipLeg = {
  readonly callId: string
  /** The session description the other side sent; empty when it is yet to come. */
  readonly remoteSdp: string
  /** No audio of the other side comes any more; `ended` follows when that stays so. */
  silent(): void
  heard(): void
  /** BYE, in the background. Settles when it was answered or given up, after half a minute at most; safe to call twice. */
  hangUp(why: Termination): Promise<void>
  /** Sends keys as INFO, for peers without RFC 4733. @returns false when the other side did not take them */
  sendDigits(digits: string): Promise<boolean>
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
  /** Aborted when the leg ends before the answer: the caller cancels, or the SIP server is lost. */
  readonly cancelled: AbortSignal
  /** @returns the leg, or why there is none (the caller was faster) */
  answer(sdp: string, events: SipLegEvents): Promise<Result<SipLeg, Termination>>
  refuse(refusal: SipRefusal): void
}

export type CallerId = { number: string; name: string | null }
