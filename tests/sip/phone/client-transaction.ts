import type { Endpoint } from './address.ts'
import { header, headerList, required, type SipRequest, type SipResponse } from './message.ts'
import { giveUpAfterMs, retransmit, type SipTimers } from './timers.ts'
import type { Wire } from './wire.ts'

export type ClientListener = {
  provisional?(response: SipResponse): void
  /** Final response; called again for each repeated 2xx to an INVITE, because the caller must ACK each (RFC 3261 13.2.2.4). */
  final(response: SipResponse): void
  /** Nobody answered within 64 × T1 (timers B and F). */
  timeout(): void
}

/** A request under way (RFC 3261 17.1, RFC 6026):
 *  calling ─1xx→ proceeding ─2xx to INVITE→ accepted ─64×T1→ terminated
 *     └───────────────┴──────other final→ completed ─64×T1→ terminated
 *     └─64×T1→ terminated */
export class ClientTransaction {
  readonly request: SipRequest
  readonly target: Endpoint
  #wire: Wire
  #timers: SipTimers
  #listener: ClientListener
  #state: 'calling' | 'proceeding' | 'accepted' | 'completed' | 'terminated' = 'calling'
  #repeat: ReturnType<typeof retransmit>
  #deadline: NodeJS.Timeout
  #onTerminated: () => void
  #ackFailures: boolean
  #ack: SipRequest | undefined

  constructor(
    wire: Wire,
    request: SipRequest,
    target: Endpoint,
    listener: ClientListener,
    options: { timers: SipTimers; ackFailures: boolean; onTerminated: () => void },
  ) {
    this.request = request
    this.target = target
    this.#wire = wire
    this.#timers = options.timers
    this.#listener = listener
    this.#onTerminated = options.onTerminated
    this.#ackFailures = options.ackFailures
    const capMs = this.#isInvite ? Number.POSITIVE_INFINITY : this.#timers.t2Ms
    this.#repeat = retransmit(this.#timers, capMs, () => wire.send(request, target))
    this.#deadline = setTimeout(() => this.#giveUp(), giveUpAfterMs(this.#timers))
    wire.send(request, target)
  }

  get #isInvite(): boolean {
    return this.request.method === 'INVITE'
  }

  receive(response: SipResponse): void {
    if (this.#state === 'calling' || this.#state === 'proceeding') this.#receiveFirst(response)
    else if (this.#state === 'accepted' && response.status >= 200 && response.status < 300)
      this.#listener.final(response)
    else if (this.#state === 'completed' && this.#ack && response.status >= 300) this.#wire.send(this.#ack, this.target)
  }

  /** Ends it silently: no retransmission, no report. */
  terminate(): void {
    if (this.#state === 'terminated') return
    this.#state = 'terminated'
    this.#repeat.stop()
    clearTimeout(this.#deadline)
    this.#onTerminated()
  }

  #receiveFirst(response: SipResponse): void {
    if (response.status < 200) {
      this.#state = 'proceeding'
      if (this.#isInvite) {
        this.#repeat.stop()
        clearTimeout(this.#deadline)
      } else this.#repeat.slowTo(this.#timers.t2Ms)
      this.#listener.provisional?.(response)
      return
    }
    this.#repeat.stop()
    clearTimeout(this.#deadline)
    const success = response.status < 300
    this.#state = this.#isInvite && success ? 'accepted' : 'completed'
    this.#deadline = setTimeout(() => this.terminate(), giveUpAfterMs(this.#timers))
    if (this.#isInvite && !success && this.#ackFailures) {
      this.#ack = ackFor(this.request, response)
      this.#wire.send(this.#ack, this.target)
    }
    this.#listener.final(response)
  }

  #giveUp(): void {
    this.terminate()
    this.#listener.timeout()
  }
}

/** The ACK of a failed INVITE belongs to its transaction: same branch, same Route (RFC 3261 17.1.1.3). */
function ackFor(invite: SipRequest, response: SipResponse): SipRequest {
  const cseq = required(invite, 'CSeq').split(' ')[0]
  return {
    kind: 'request',
    method: 'ACK',
    uri: invite.uri,
    headers: [
      ['Via', headerList(invite, 'Via')[0]!],
      ['Max-Forwards', '70'],
      ['From', required(invite, 'From')],
      ['To', header(response, 'To') ?? required(invite, 'To')],
      ['Call-ID', required(invite, 'Call-ID')],
      ['CSeq', `${cseq} ACK`],
      ...headerList(invite, 'Route').map((route) => ['Route', route] as const),
    ],
    body: Buffer.alloc(0),
  }
}
