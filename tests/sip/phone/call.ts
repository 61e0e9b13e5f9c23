import type { Direction } from '../audio/audio-agreement.ts'
import type { CallAudio } from '../audio/call-audio.ts'
import { AsyncQueue } from '../waiting/async-queue.ts'
import { within } from '../waiting/within.ts'
import { type CallEnd, describeEnd } from './call-end.ts'
import { contactUri, type Dialog } from './dialog.ts'
import { answerInDialog } from './in-dialog-requests.ts'
import { startInvite } from './invite-exchange.ts'
import { labels, printLadder } from './ladder.ts'
import type { MediaSession } from './media-session.ts'
import { cseqOf, type Header, header, type SipRequest, type SipResponse } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'
import type { UserAgent } from './user-agent.ts'

/** What a phone that must not be trusted does. */
export type Misbehaviour = { neverAck?: boolean; ignoreBye?: boolean }

export type CallContext = {
  id: string
  agent: UserAgent
  media: MediaSession
  contact: Header
  misbehaviour: Misbehaviour
  onEnded: () => void
}

/** calling ─1xx→ ringing ─200→ talking ─BYE→ ended: caller
 *  ringing ─answer→ talking ─BYE→ ended: called
 *  Every state may go to ended; leaving means that our BYE or CANCEL has no answer yet. */
export type CallState = 'calling' | 'ringing' | 'talking' | 'leaving' | 'ended'

/** One call of a phone, once it has one side or the other: OutgoingCall or IncomingCall. */
export abstract class Call {
  abstract readonly direction: 'outgoing' | 'incoming'
  readonly id: string
  /** Resolves when both sides agreed to talk; rejects when the call ends before. */
  readonly answered: Promise<void>
  readonly ended: Promise<CallEnd>
  state: CallState
  readonly context: CallContext
  dialog: Dialog | undefined
  readonly #answered = Promise.withResolvers<void>()
  readonly #ended = Promise.withResolvers<CallEnd>()
  readonly #requests = new AsyncQueue<SipRequest>()

  constructor(context: CallContext, state: CallState) {
    this.context = context
    this.id = context.id
    this.state = state
    this.answered = this.#answered.promise
    this.answered.catch(() => {})
    this.ended = this.#ended.promise
  }

  get audio(): CallAudio {
    return this.context.media.audio
  }

  /** Ends the call in whatever way its state asks for; resolves when it has ended. */
  abstract hangup(headers?: Header[]): Promise<CallEnd>

  /** `answered`, or an error that shows the ladder. */
  untilAnswered(ms = 10_000): Promise<void> {
    return within(this.answered, ms, () => `not answered within ${ms} ms\n${this.printedLadder()}`)
  }

  untilEnded(ms = 10_000): Promise<CallEnd> {
    return within(this.ended, ms, () => `not ended within ${ms} ms\n${this.printedLadder()}`)
  }

  /** The next request in this call by that method ('INFO', 'NOTIFY', a re-INVITE …) that was not yet asked for. */
  nextRequest(method: string, ms = 10_000): Promise<SipRequest> {
    const missing = () => `no ${method} within ${ms} ms\n${this.printedLadder()}`
    return this.#requests.next(ms, missing, (request) => request.method === method)
  }

  /** Messages as words: `['INVITE', '100', '180', '200', 'ACK']`. */
  ladder(): string[] {
    return labels(this.context.agent.wire.ladder.of(this.id))
  }

  printedLadder(): string {
    return printLadder(this.context.agent.wire.ladder.of(this.id))
  }

  /** True while the other side has us on hold. */
  get isHeld(): boolean {
    const { theirs } = this.context.media
    return theirs === 'sendonly' || theirs === 'inactive'
  }

  hold(direction: Direction = 'sendonly'): Promise<SipResponse> {
    this.context.media.wish = direction
    return this.reinvite()
  }

  resume(): Promise<SipResponse> {
    this.context.media.wish = 'sendrecv'
    return this.reinvite()
  }

  /** Any request in this call: INFO, OPTIONS, REFER, MESSAGE … */
  request(method: string, headers: Header[] = [], body?: Buffer): Promise<SipResponse> {
    const dialog = this.#talkingDialog()
    const request = dialog.request(method, [this.context.contact, ...headers], body)
    return this.context.agent.exchange(request, dialog.nextHop, () => dialog.nextCseq())
  }

  /** A digit by SIP INFO (application/dtmf-relay). */
  pressByInfo(digit: string, durationMs = 160): Promise<SipResponse> {
    const body = Buffer.from(`Signal=${digit}\r\nDuration=${durationMs}\r\n`)
    return this.request('INFO', [['Content-Type', 'application/dtmf-relay']], body)
  }

  /** Offers the audio anew, or asks for an offer; resolves with the final response, whatever it is. */
  reinvite({ withoutOffer = false } = {}): Promise<SipResponse> {
    const { agent, media, contact } = this.context
    const dialog = this.#talkingDialog()
    const headers: Header[] = withoutOffer ? [contact] : [contact, ['Content-Type', 'application/sdp']]
    const invite = dialog.request('INVITE', headers, withoutOffer ? undefined : media.offer())
    const { promise, resolve, reject } = Promise.withResolvers<SipResponse>()
    startInvite(
      agent,
      invite,
      () => dialog.nextHop,
      () => dialog.nextCseq(),
      {
        success: (response, request) => {
          const target = contactUri(response)
          if (target) dialog.remoteTarget = target
          const answer = withoutOffer ? media.answer(response.body) : void media.accept(response.body)
          resolve(response)
          return this.acknowledgement(cseqOf(request).number, answer)
        },
        failure: (response) => {
          media.withdraw()
          resolve(response)
        },
        timeout: () => reject(new Error(`no answer to the re-INVITE\n${this.printedLadder()}`)),
      },
    )
    return promise
  }

  /** Falls silent for good: nothing more is sent or looked at for this call. */
  vanish(): void {
    this.context.agent.ignore(this.id)
    this.end({ by: 'us', how: 'vanished' })
  }

  /** A request that came in within this call. */
  receive(transaction: ServerTransaction): void {
    answerInDialog(this, transaction)
    this.#requests.push(transaction.request)
  }

  /** The ACK of a 2xx; it carries their answer when the offer was ours. */
  receiveAck(ack: SipRequest): void {
    const { media } = this.context
    if (ack.body.length > 0 && media.awaitsAnswer) media.accept(ack.body)
  }

  endedByThem(bye: SipRequest): void {
    const reason = header(bye, 'Reason')
    this.end({ by: 'them', how: 'hung up', ...(reason && { reason }) })
  }

  /** They withdrew their INVITE. */
  abstract receiveCancel(cancel: SipRequest): void

  /** The ACK of a 2xx, or undefined when this phone never sends one. */
  acknowledgement(inviteCseq: number, sdp: Buffer | undefined) {
    const { dialog } = this
    if (!dialog || this.context.misbehaviour.neverAck) return undefined
    const request = dialog.ack(inviteCseq, sdp ? [['Content-Type', 'application/sdp']] : [], sdp)
    return { request: { ...request, headers: [this.context.agent.via(), ...request.headers] }, target: dialog.nextHop }
  }

  becomeTalking(): void {
    if (this.state === 'ended' || this.state === 'leaving') return
    this.state = 'talking'
    this.#answered.resolve()
  }

  end(end: CallEnd): void {
    if (this.state === 'ended') return
    this.state = 'ended'
    this.#answered.reject(new Error(`${describeEnd(end)}\n${this.printedLadder()}`))
    this.#ended.resolve(end)
    this.context.onEnded()
    void this.audio.close()
  }

  protected async bye(headers: Header[] = [], how: CallEnd['how'] = 'hung up'): Promise<CallEnd> {
    const { dialog } = this
    if (!dialog || this.state === 'ended' || this.state === 'leaving') return this.ended
    this.state = 'leaving'
    const { agent } = this.context
    const request = dialog.request('BYE', headers)
    try {
      const { status, phrase } = await agent.exchange(request, dialog.nextHop, () => dialog.nextCseq())
      this.end({ by: 'us', how, status, phrase })
    } catch {
      this.end({ by: 'us', how })
    }
    return this.ended
  }

  #talkingDialog(): Dialog {
    if (!this.dialog || this.state !== 'talking')
      throw new Error(`the call is ${this.state}, not talking\n${this.printedLadder()}`)
    return this.dialog
  }
}
