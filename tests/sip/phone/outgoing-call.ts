import type { Endpoint } from './address.ts'
import { Call, type CallContext } from './call.ts'
import type { CallEnd } from './call-end.ts'
import type { ClientTransaction } from './client-transaction.ts'
import { Dialog } from './dialog.ts'
import { type Acknowledgement, startInvite } from './invite-exchange.ts'
import {
  cseqOf,
  type Header,
  header,
  headerList,
  required,
  type SipRequest,
  type SipResponse,
  tagOf,
} from './message.ts'

/** A call we make. */
export class OutgoingCall extends Call {
  readonly direction = 'outgoing'
  /** The first 180 or 183; rejects when the call ends without. */
  readonly ringing: Promise<SipResponse>
  readonly #ringing = Promise.withResolvers<SipResponse>()
  readonly #target: Endpoint
  #transaction: ClientTransaction | undefined
  #cancel: 'no' | 'wanted' | 'sent' = 'no'
  #heardBack = false
  #reliablyRung = new Set<string>()
  #cseq: number

  constructor(context: CallContext, invite: SipRequest, target: Endpoint) {
    super(context, 'calling')
    this.#target = target
    this.#cseq = cseqOf(invite).number
    this.ringing = this.#ringing.promise
    this.ringing.catch(() => {})
    const listener = {
      provisional: (response: SipResponse, request: SipRequest) => this.#provisional(response, request),
      success: (response: SipResponse, request: SipRequest) => this.#success(response, request),
      failure: (response: SipResponse) => this.#failure(response),
      timeout: () => this.end({ by: 'nobody', how: 'no response' }),
    }
    startInvite(
      context.agent,
      invite,
      () => this.#target,
      () => ++this.#cseq,
      listener,
      {
        ...(context.misbehaviour.neverAck && { neverAck: true }),
        started: (transaction) => {
          this.#transaction = transaction
          this.#heardBack = false
          if (this.#cancel === 'sent') this.#cancel = 'wanted' // the CANCEL met a challenge, not the call
        },
      },
    )
  }

  async hangup(headers: Header[] = []): Promise<CallEnd> {
    return this.state === 'talking' ? this.bye(headers) : this.cancel()
  }

  /** Withdraws the INVITE, at once or as soon as a provisional response allows it (RFC 3261 9.1). */
  async cancel(): Promise<CallEnd> {
    if (this.#cancel === 'no' && (this.state === 'calling' || this.state === 'ringing')) {
      this.#cancel = 'wanted'
      if (this.#heardBack) this.#sendCancel()
    }
    return this.ended
  }

  /** Only an INVITE of theirs can be withdrawn: a re-INVITE, which we answer at once. */
  receiveCancel(): void {}

  override end(end: CallEnd): void {
    this.#ringing.reject(new Error(`ended before it rang\n${this.printedLadder()}`))
    super.end(end)
  }

  #provisional(response: SipResponse, invite: SipRequest): void {
    this.#heardBack = true
    if (this.#cancel === 'wanted') this.#sendCancel()
    if (this.state === 'calling') this.state = 'ringing'
    if (response.status === 100) return
    if (tagOf(required(response, 'To'))) this.dialog ??= Dialog.ofCaller(invite, response)
    if (headerList(response, 'Require').includes('100rel')) this.#prack(response, invite)
    else if (response.body.length > 0 && invite.body.length > 0) this.context.media.accept(response.body)
    this.#ringing.resolve(response)
  }

  /** RFC 3262: a reliable provisional response is acknowledged, once for each RSeq. */
  #prack(response: SipResponse, invite: SipRequest): void {
    const { dialog } = this
    const rseq = header(response, 'RSeq')
    if (!dialog || rseq === undefined || this.#reliablyRung.has(rseq)) return
    this.#reliablyRung.add(rseq)
    const { agent, media } = this.context
    const headers: Header[] = [['RAck', `${rseq} ${required(invite, 'CSeq')}`]]
    let answer: Buffer | undefined
    if (response.body.length > 0) {
      if (invite.body.length > 0) media.accept(response.body)
      else answer = media.answer(response.body)
    }
    if (answer) headers.push(['Content-Type', 'application/sdp'])
    const prack = dialog.request('PRACK', headers, answer)
    agent.exchange(prack, dialog.nextHop, () => dialog.nextCseq()).catch(() => {})
  }

  #success(response: SipResponse, invite: SipRequest): Acknowledgement | undefined {
    if (this.state !== 'calling' && this.state !== 'ringing') return this.#refuseFork(response, invite)
    const early = this.dialog
    this.dialog = Dialog.ofCaller(invite, response, early)
    const { media } = this.context
    const delayed = invite.body.length === 0 && !media.audio.agreement
    const answer = delayed ? media.answer(response.body) : undefined
    if (!delayed && response.body.length > 0) media.accept(response.body)
    const ack = this.acknowledgement(cseqOf(invite).number, answer)
    const unwanted = this.#cancel !== 'no'
    const deaf = media.audio.agreement === undefined
    if (!unwanted && !deaf) this.becomeTalking()
    else queueMicrotask(() => void this.bye([], unwanted ? 'cancelled' : 'no common codec')) // after the ACK has left
    return ack
  }

  /** Another branch answered too: thank you, and goodbye (RFC 3261 13.2.2.4). */
  #refuseFork(response: SipResponse, invite: SipRequest): Acknowledgement {
    const dialog = Dialog.ofCaller(invite, response)
    const { agent } = this.context
    const ack = dialog.ack(cseqOf(invite).number)
    queueMicrotask(
      () => void agent.exchange(dialog.request('BYE'), dialog.nextHop, () => dialog.nextCseq()).catch(() => {}),
    )
    return { request: { ...ack, headers: [agent.via(), ...ack.headers] }, target: dialog.nextHop }
  }

  #failure(response: SipResponse): void {
    const { status, phrase } = response
    const reason = header(response, 'Reason')
    const ours = this.#cancel === 'sent' && status === 487
    this.end({
      by: ours ? 'us' : 'them',
      how: ours ? 'cancelled' : 'rejected',
      status,
      phrase,
      ...(reason && { reason }),
    })
  }

  #sendCancel(): void {
    if (!this.#transaction || this.#cancel === 'sent') return
    this.#cancel = 'sent'
    const invite = this.#transaction.request
    const kept = ['Via', 'Max-Forwards', 'From', 'To', 'Call-ID', 'Route']
    const headers: Header[] = invite.headers.filter(([name]) => kept.includes(name))
    headers.push(['CSeq', `${cseqOf(invite).number} CANCEL`])
    const cancel: SipRequest = { ...invite, method: 'CANCEL', headers, body: Buffer.alloc(0) }
    this.context.agent.startCancel(cancel, this.#target, {
      final: () => {},
      timeout: () => this.end({ by: 'us', how: 'cancelled' }),
    })
  }
}
