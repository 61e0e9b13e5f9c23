import { randomInt } from 'node:crypto'
import { type NameAddress, parseAddress } from './address.ts'
import { Call, type CallContext } from './call.ts'
import type { CallEnd } from './call-end.ts'
import { allowHeader } from './capabilities.ts'
import { Dialog } from './dialog.ts'
import { cseqOf, type Header, header, headerList, required, type SipRequest } from './message.ts'
import type { Answer, ServerTransaction } from './server-transaction.ts'
import { retransmit } from './timers.ts'

/** A call that comes to us. */
export class IncomingCall extends Call {
  readonly direction = 'incoming'
  readonly invite: SipRequest
  readonly from: NameAddress
  readonly #transaction: ServerTransaction
  #answerSdp: Buffer | undefined
  #reliable: { rseq: number; repeat: { stop(): void }; acknowledged: () => void } | undefined

  constructor(context: CallContext, transaction: ServerTransaction) {
    super(context, 'ringing')
    this.#transaction = transaction
    this.invite = transaction.request
    this.from = parseAddress(required(this.invite, 'From'))
    this.dialog = Dialog.ofCalled(this.invite, transaction.toTag)
    transaction.onNoAck = () => void this.bye([], 'no acknowledgement')
  }

  /** 180 by default. A reliable one (RFC 3262) resolves when its PRACK has come. `earlyMedia` lets audio flow with it. */
  async ring(status = 180, { reliable = false, earlyMedia = false, headers = [] as Header[] } = {}): Promise<void> {
    this.#mustRing()
    const all: Header[] = [this.context.contact, allowHeader, ...headers]
    const body = earlyMedia ? this.#sdp() : undefined
    if (body) all.push(['Content-Type', 'application/sdp'])
    if (!reliable) return void this.#transaction.respond(status, { headers: all, ...(body && { body }) })
    if (!headerList(this.invite, 'Supported').concat(headerList(this.invite, 'Require')).includes('100rel'))
      throw new Error('the caller does not support 100rel')
    const rseq = randomInt(1, 100_000)
    const answer: Answer = { headers: [...all, ['Require', '100rel'], ['RSeq', String(rseq)]], ...(body && { body }) }
    this.#transaction.respond(status, answer)
    const { timers } = this.context.agent.options
    const repeat = retransmit(timers, Number.POSITIVE_INFINITY, () => this.#transaction.receiveAgain())
    await new Promise<void>((acknowledged) => {
      this.#reliable = { rseq, repeat, acknowledged }
    })
  }

  /** 200; resolves when the ACK has come. */
  async answer({ headers = [] as Header[] } = {}): Promise<void> {
    this.#mustRing()
    const body = this.#sdp()
    const all: Header[] = [this.context.contact, allowHeader, ...headers, ['Content-Type', 'application/sdp']]
    this.#transaction.respond(200, { headers: all, body })
    return this.answered
  }

  reject(status = 486, { headers = [] as Header[] } = {}): Promise<CallEnd> {
    this.#mustRing()
    const { phrase } = this.#transaction.respond(status, { headers })
    this.end({ by: 'us', how: 'rejected', status, phrase })
    return this.ended
  }

  async hangup(headers: Header[] = []): Promise<CallEnd> {
    if (this.state === 'ringing' && !this.#transaction.answeredFinally) return this.reject(480, { headers })
    return this.bye(headers)
  }

  override receive(transaction: ServerTransaction): void {
    const { method } = transaction.request
    if (method === 'PRACK') {
      const rack = header(transaction.request, 'RAck') ?? ''
      const expected = this.#reliable && `${this.#reliable.rseq} ${cseqOf(this.invite).number} INVITE`
      if (rack !== expected) return void transaction.respond(481)
      this.#reliable!.repeat.stop()
      super.receive(transaction)
      this.#reliable!.acknowledged()
    } else super.receive(transaction)
  }

  override receiveAck(ack: SipRequest): void {
    super.receiveAck(ack)
    if (cseqOf(ack).number !== cseqOf(this.invite).number || this.state !== 'ringing') return
    this.becomeTalking()
  }

  receiveCancel(cancel: SipRequest): void {
    if (this.#transaction.answeredFinally) return
    this.#transaction.respond(487)
    const reason = header(cancel, 'Reason')
    this.end({ by: 'them', how: 'cancelled', status: 487, phrase: 'Request Terminated', ...(reason && { reason }) })
  }

  override end(end: CallEnd): void {
    this.#reliable?.repeat.stop()
    super.end(end)
  }

  /** Our answer to their offer, or our offer when they made none. */
  #sdp(): Buffer {
    const { media } = this.context
    this.#answerSdp ??= this.invite.body.length > 0 ? media.answer(this.invite.body) : media.offer()
    if (!this.#answerSdp) throw new Error('no common codec')
    return this.#answerSdp
  }

  #mustRing(): void {
    if (this.state !== 'ringing' || this.#transaction.answeredFinally)
      throw new Error(`the call is ${this.state} and does not ring\n${this.printedLadder()}`)
  }
}
