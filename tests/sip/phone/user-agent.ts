import { randomBytes } from 'node:crypto'
import type { Endpoint } from './address.ts'
import { type ClientListener, ClientTransaction } from './client-transaction.ts'
import { answerChallenge, type Credentials, type DigestAlgorithm } from './digest.ts'
import {
  branchOf,
  cseqOf,
  type Header,
  header,
  headerList,
  required,
  type SipMessage,
  type SipRequest,
  type SipResponse,
} from './message.ts'
import { ServerTransaction } from './server-transaction.ts'
import type { SipTimers } from './timers.ts'
import { Wire } from './wire.ts'

export class RequestTimeout extends Error {
  override name = 'RequestTimeout'
}

export type UserAgentOptions = {
  host: string
  port: number
  timers: SipTimers
  credentials?: Credentials
  digest?: DigestAlgorithm
}

type Handlers = {
  /** A request that is new: no retransmission, no ACK, no CANCEL. */
  request(transaction: ServerTransaction): void
  ack(request: SipRequest): void
  cancel(invite: ServerTransaction, cancel: SipRequest): void
}

/** The transaction layer (RFC 3261 17): matches what arrives with what is under way, and sends requests with digest credentials. */
export class UserAgent {
  readonly wire: Wire
  readonly options: UserAgentOptions
  #ignored = new Set<string>()
  #vanished = false
  #handlers: Handlers
  #clients = new Map<string, ClientTransaction>()
  #servers = new Map<string, ServerTransaction>()

  static async open(options: UserAgentOptions, handlers: Handlers): Promise<UserAgent> {
    const agent: { current?: UserAgent } = {}
    const wire = await Wire.open(options.host, options.port, (message, from) => agent.current?.receive(message, from))
    agent.current = new UserAgent(wire, options, handlers)
    return agent.current
  }

  private constructor(wire: Wire, options: UserAgentOptions, handlers: Handlers) {
    this.wire = wire
    this.options = options
    this.#handlers = handlers
  }

  /** Sends a request in a transaction of its own; a Via is put on top of it. */
  start(
    request: SipRequest,
    target: Endpoint,
    listener: ClientListener,
    options = { ackFailures: true },
  ): ClientTransaction {
    const sent = { ...request, headers: [this.via(), ...request.headers] }
    const key = `${branchOf(sent)} ${sent.method}`
    const transaction = new ClientTransaction(this.wire, sent, target, listener, {
      timers: this.options.timers,
      ackFailures: options.ackFailures,
      onTerminated: () => this.#clients.delete(key),
    })
    this.#clients.set(key, transaction)
    return transaction
  }

  /** CANCEL shares the branch of its INVITE (RFC 3261 9.1), so the Via is already there. */
  startCancel(cancel: SipRequest, target: Endpoint, listener: ClientListener): void {
    const key = `${branchOf(cancel)} CANCEL`
    const options = { timers: this.options.timers, ackFailures: true, onTerminated: () => this.#clients.delete(key) }
    this.#clients.set(key, new ClientTransaction(this.wire, cancel, target, listener, options))
  }

  /** Sends a request and waits for its final response, proving the password once when it is asked for.
   *  `nextCseq` gives the number of the second attempt. Rejects with RequestTimeout. */
  async exchange(request: SipRequest, target: Endpoint, nextCseq: () => number): Promise<SipResponse> {
    const response = await this.#once(request, target)
    const retried = this.authorized(request, response, nextCseq)
    return retried ? this.#once(retried, target) : response
  }

  /** The request again with credentials, or undefined when the response asks for none or we have none. */
  authorized(request: SipRequest, response: SipResponse, nextCseq: () => number): SipRequest | undefined {
    const { credentials, digest } = this.options
    if ((response.status !== 401 && response.status !== 407) || !credentials) return undefined
    const proof = answerChallenge(response, request, credentials, digest)
    if (!proof) return undefined
    const renumbered: Header[] = request.headers.map(([name, value]) =>
      name === 'CSeq' ? ['CSeq', `${nextCseq()} ${request.method}`] : [name, value],
    )
    return { ...request, headers: [...renumbered, proof] }
  }

  via(): Header {
    const { host, port } = this.wire.local
    const shown = host.includes(':') ? `[${host}]` : host
    return ['Via', `SIP/2.0/UDP ${shown}:${port};branch=z9hG4bK${randomBytes(8).toString('hex')};rport`]
  }

  receive(message: SipMessage, from: Endpoint): void {
    if (this.#vanished || this.#ignored.has(header(message, 'Call-ID') ?? '')) return
    if (message.kind === 'response')
      this.#clients.get(`${branchOf(message)} ${cseqOf(message).method}`)?.receive(message)
    else this.#receiveRequest(message, from)
  }

  /** From now on nothing of this call is looked at, and nothing is repeated. */
  ignore(callId: string): void {
    this.#ignored.add(callId)
    for (const transaction of this.#transactions())
      if (header(transaction.request, 'Call-ID') === callId) transaction.terminate()
  }

  /** Lost its power: nothing that arrives is looked at, and nothing leaves. */
  vanish(): void {
    this.#vanished = true
    for (const transaction of this.#transactions()) transaction.terminate()
  }

  async close(): Promise<void> {
    for (const transaction of this.#transactions()) transaction.terminate()
    await this.wire.close()
  }

  #once(request: SipRequest, target: Endpoint): Promise<SipResponse> {
    return new Promise((resolve, reject) => {
      const timeout = () =>
        reject(
          new RequestTimeout(`no answer to ${request.method} from ${target.host}:${target.port} (RFC 3261 timer F)`),
        )
      this.start(request, target, { final: resolve, timeout })
    })
  }

  #receiveRequest(request: SipRequest, from: Endpoint): void {
    for (const name of ['Via', 'From', 'To', 'Call-ID', 'CSeq']) required(request, name) // RFC 3261 8.1.1
    const sentBy = headerList(request, 'Via')[0]?.split(';')[0] ?? ''
    const keyOf = (method: string) => `${branchOf(request)} ${sentBy} ${method}`
    const { method } = request
    const invite = this.#servers.get(keyOf('INVITE'))
    const known = this.#servers.get(keyOf(method))
    if (method === 'ACK') this.#receiveAck(request, invite)
    else if (known) known.receiveAgain()
    else this.#receiveNew(request, from, keyOf(method), invite)
  }

  #receiveNew(request: SipRequest, from: Endpoint, key: string, cancelled: ServerTransaction | undefined): void {
    const transaction = new ServerTransaction(this.wire, request, from, {
      timers: this.options.timers,
      toTag: randomBytes(6).toString('hex'),
      onTerminated: () => this.#servers.delete(key),
    })
    this.#servers.set(key, transaction)
    if (request.method !== 'CANCEL') this.#handlers.request(transaction)
    else if (!cancelled) transaction.respond(481)
    else {
      transaction.respond(200)
      this.#handlers.cancel(cancelled, request)
    }
  }

  /** The ACK of a failure belongs to the transaction of its INVITE. That of a 2xx is one of its own, known by
   *  Call-ID and number only (RFC 3261 13.2.2.4). */
  #receiveAck(ack: SipRequest, refused: ServerTransaction | undefined): void {
    if (refused) {
      refused.acknowledged()
      return
    }
    const callId = header(ack, 'Call-ID')
    const { number } = cseqOf(ack)
    for (const transaction of this.#servers.values()) {
      const { request } = transaction
      if (request.method !== 'INVITE' || header(request, 'Call-ID') !== callId) continue
      if (cseqOf(request).number === number) transaction.acknowledged()
    }
    this.#handlers.ack(ack)
  }

  #transactions(): (ClientTransaction | ServerTransaction)[] {
    return [...this.#clients.values(), ...this.#servers.values()]
  }
}
