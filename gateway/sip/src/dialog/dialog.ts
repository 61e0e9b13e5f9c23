import type { Flow } from '../transport/flow.ts'
import type { AcceptedInvite } from './accepted-invite.ts'
import type { ReliableProvisionals } from './reliable-provisionals.ts'
import type { SessionTimer } from './session-timer.ts'

/** early ─2xx─▶ confirmed ─BYE, failure─▶ ended  (RFC 3261 section 12) */
export type DialogState = 'early' | 'confirmed' | 'ended'

/** What is fixed from a dialog's first message on. */
export type DialogOrigin<Owner> = {
  readonly kind: 'INVITE' | 'SUBSCRIBE'
  readonly role: 'uas' | 'uac'
  readonly callId: string
  readonly localTag: string
  /** `"Alice" <sip:…>` without tag. */
  readonly localParty: string
  readonly remoteParty: string
  /** From tag of the first request, whoever sent it: part of the id on the wire. */
  readonly fromTag: string
  /** The application connection that the dialog belongs to. */
  readonly owner: Owner
}

/** One dialog between the network and an application. */
export class Dialog<Owner> {
  readonly origin: DialogOrigin<Owner>
  /** `<Call-ID>;from-tag=<tag>`, how applications name it. */
  id: string
  /** When it was confirmed, by `performance.now()`; 0 before. */
  confirmedAt = 0
  private currentState: DialogState = 'early'
  /** Undefined once its application is gone. */
  owner: Owner | undefined
  /** While it has no owner: since when (ms since the epoch), and the group that may adopt it. */
  orphaned: { readonly at: number; readonly group: string | undefined } | undefined
  remoteTag = ''
  localSeq = 0
  /** Highest CSeq number seen from the far end; -1 before the first. */
  remoteSeq = -1
  /** Our Contact as last sent, repeated in requests where the application gives none. */
  localContact = ''
  remoteTarget = ''
  /** Where our first request went: the target of early requests as long as no Contact has come. */
  firstTarget = ''
  routeSet: readonly string[] = []
  /** Where in-dialog requests go instead of the route set or remote target (NAT, or the connection it came by). */
  override: Flow | undefined
  /** Our 2xx that waits for its ACK. */
  accepted: AcceptedInvite | undefined
  /** Our reliable provisional responses. */
  reliable: ReliableProvisionals | undefined
  /** CSeq number of an INVITE of ours that got its 2xx and waits for the application's ACK. */
  unacknowledged: number | undefined
  /** The last ACK we sent, for 2xx that come again. */
  lastAck: { readonly seq: number; readonly bytes: Buffer; readonly flow: Flow } | undefined
  /** RSeq of the last reliable provisional response received, by remote tag (RFC 3262 section 4). */
  lastRSeq: Map<string, number> | undefined
  /** txnId of an INVITE from the far end that the application has not answered, or the one being waited for. */
  incomingInvite: string | undefined
  /** txnId of a re-INVITE of ours without a final response. */
  outgoingInvite: string | undefined
  /** txnId of an UPDATE from the far end that the application has not answered. */
  incomingUpdate: string | undefined
  /** The session timer, while there is one (RFC 4028). */
  session: SessionTimer | undefined
  /** Our session description as last sent, for refreshes; as text, because a slice of a frame would keep all of it. */
  localSdp = ''
  /** Whether the far end takes UPDATE; undefined until it has said what it allows. */
  farEndUpdates: boolean | undefined
  /** Set when a CANCEL of the application crossed with the 2xx. */
  endAfterAck = false

  constructor(origin: DialogOrigin<Owner>) {
    this.origin = origin
    this.owner = origin.owner
    this.id = `${origin.callId};from-tag=${origin.fromTag}`
  }

  get state(): DialogState {
    return this.currentState
  }

  set state(state: DialogState) {
    if (state === 'confirmed' && this.currentState !== 'confirmed') this.confirmedAt = performance.now()
    this.currentState = state
  }

  /** The header value of our side: From in our requests. */
  get local(): string {
    return `${this.origin.localParty};tag=${this.origin.localTag}`
  }

  /** The header value of the far side: To in our requests. */
  get remote(): string {
    return this.remoteTag === '' ? this.origin.remoteParty : `${this.origin.remoteParty};tag=${this.remoteTag}`
  }
}
