import type { Endpoint } from './address.ts'
import { type Header, headerList, parameter, required, type SipRequest, type SipResponse, tagOf } from './message.ts'
import { phrases } from './phrases.ts'
import { giveUpAfterMs, retransmit, type SipTimers } from './timers.ts'
import type { Wire } from './wire.ts'

export type Answer = { headers?: Header[]; body?: Buffer; phrase?: string }

/** A request to answer (RFC 3261 17.2, RFC 6026). A final answer to an INVITE is repeated until `acknowledged()`;
 *  `onNoAck` reports that no ACK came within 64 × T1 (timer H). */
export class ServerTransaction {
  readonly request: SipRequest
  readonly from: Endpoint
  /** Our tag for the To header of every answer but 100. */
  readonly toTag: string
  onNoAck: () => void = () => {}
  #wire: Wire
  #timers: SipTimers
  #last: SipResponse | undefined
  #repeat: ReturnType<typeof retransmit> | undefined
  #deadline: NodeJS.Timeout | undefined
  #onTerminated: () => void

  constructor(
    wire: Wire,
    request: SipRequest,
    from: Endpoint,
    options: { timers: SipTimers; toTag: string; onTerminated: () => void },
  ) {
    this.request = request
    this.from = from
    this.toTag = tagOf(required(request, 'To')) ?? options.toTag
    this.#wire = wire
    this.#timers = options.timers
    this.#onTerminated = options.onTerminated
  }

  get answeredFinally(): boolean {
    return this.#last !== undefined && this.#last.status >= 200
  }

  respond(status: number, answer: Answer = {}): SipResponse {
    const response = this.#build(status, answer)
    this.#last = response
    this.#send()
    if (status >= 200) {
      if (this.request.method === 'INVITE')
        this.#repeat = retransmit(this.#timers, this.#timers.t2Ms, () => this.#send())
      this.#deadline = setTimeout(() => this.#expire(), giveUpAfterMs(this.#timers))
    }
    return response
  }

  /** The same request came again: the peer did not get our answer. */
  receiveAgain(): void {
    if (this.#last) this.#send()
  }

  acknowledged(): void {
    this.#repeat?.stop()
    this.#repeat = undefined
  }

  terminate(): void {
    this.#repeat?.stop()
    clearTimeout(this.#deadline)
    this.#onTerminated()
  }

  #expire(): void {
    const unacknowledged = this.#repeat !== undefined
    this.terminate()
    if (unacknowledged) this.onNoAck()
  }

  #send(): void {
    this.#wire.send(this.#last!, this.#returnAddress())
  }

  #build(status: number, answer: Answer): SipResponse {
    const { request } = this
    const to = required(request, 'To')
    const echoed: Header[] = [
      ...headerList(request, 'Via').map((via, i) => ['Via', i === 0 ? this.#stampedVia(via) : via] as const),
      ['From', required(request, 'From')],
      ['To', status === 100 || tagOf(to) ? to : `${to};tag=${this.toTag}`],
      ['Call-ID', required(request, 'Call-ID')],
      ['CSeq', required(request, 'CSeq')],
    ]
    if (status > 100 && status < 300 && request.method === 'INVITE')
      for (const route of headerList(request, 'Record-Route')) echoed.push(['Record-Route', route])
    return {
      kind: 'response',
      status,
      phrase: answer.phrase ?? phrases[status] ?? 'Unknown',
      headers: [...echoed, ...(answer.headers ?? [])],
      body: answer.body ?? Buffer.alloc(0),
    }
  }

  /** `received` and `rport` (RFC 3261 18.2.1, RFC 3581 4). */
  #stampedVia(via: string): string {
    const asked = parameter(via, 'rport') === ''
    const ported = asked ? via.replace(/;\s*rport(?=\s*(;|$))/i, `;rport=${this.from.port}`) : via
    return asked || sentBy(via).host !== this.from.host ? `${ported};received=${this.from.host}` : ported
  }

  #returnAddress(): Endpoint {
    const via = headerList(this.request, 'Via')[0]!
    if (parameter(via, 'rport') !== undefined) return this.from
    return { host: this.from.host, port: sentBy(via).port }
  }
}

function sentBy(via: string): Endpoint {
  const match = /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+(\[[^\]]+\]|[^:;\s]+)(?:\s*:\s*(\d+))?/i.exec(via)
  return { host: (match?.[1] ?? '').replace(/^\[|\]$/g, ''), port: Number(match?.[2] ?? 5060) }
}
