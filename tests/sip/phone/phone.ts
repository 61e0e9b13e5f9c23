import { randomUUID } from 'node:crypto'
import { CallAudio } from '../audio/call-audio.ts'
import type { Codec } from '../audio/g711.ts'
import { AsyncQueue } from '../waiting/async-queue.ts'
import { within } from '../waiting/within.ts'
import { type Endpoint, endpointOf, formatAddress, parseEndpoint } from './address.ts'
import type { Call, CallContext, Misbehaviour } from './call.ts'
import { allowHeader, userAgentHeader } from './capabilities.ts'
import type { DigestAlgorithm } from './digest.ts'
import { IncomingCall } from './incoming-call.ts'
import { type LadderEntry, labels, printLadder } from './ladder.ts'
import { MediaSession } from './media-session.ts'
import { type Header, required, type SipRequest, type SipResponse, tagOf } from './message.ts'
import { OutgoingCall } from './outgoing-call.ts'
import { Registration } from './registration.ts'
import { offeredFormats } from './sdp.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { type SipTimers, standardTimers } from './timers.ts'
import { UserAgent } from './user-agent.ts'

/** How long a phone that closes waits for the answers to its BYEs. */
const patienceMs = 1000
const g729 = { payloadType: 18, name: 'G729', rate: 8000 }

export type PhoneOptions = {
  user: string
  display?: string
  /** Address of its SIP and RTP sockets; default 127.0.0.1 and any port. */
  host?: string
  port?: number
  /** What stands behind the @ of its own address; default `server`, else its own socket. */
  domain?: string
  /** host:port that gets everything out of dialog; default the host of each URI. */
  server?: string
  /** Name in digest answers; default `user`. */
  authUser?: string
  password?: string
  /** Answer only challenges of this algorithm. */
  digest?: DigestAlgorithm
  /** In order of preference; default PCMA, PCMU. */
  codecs?: readonly Codec[]
  timers?: SipTimers
}

export type CallOptions = Misbehaviour & {
  /** 'none' leaves the offer to the callee, 'unsupported' offers G.729 only, 'keyless' has no telephone-event. */
  sdp?: 'offer' | 'none' | 'unsupported' | 'keyless'
  /** User part and name of the From header, when not the phone's own. */
  from?: string
  display?: string
  headers?: Header[]
}

/** A SIP phone over UDP with real audio. `await using phone = await Phone.start({ user: 'alice' })` */
export class Phone implements AsyncDisposable {
  readonly options: PhoneOptions
  /** Set before a call comes in: how it is then (mis)treated. */
  misbehaviour: Misbehaviour = {}
  readonly calls = new Map<string, Call>()
  readonly #agent: UserAgent
  readonly #incoming = new AsyncQueue<IncomingCall>()
  readonly #requests = new AsyncQueue<SipRequest>()
  readonly #registration: Registration
  readonly #host: string

  /** Rejects when the port is taken. */
  static async start(options: PhoneOptions): Promise<Phone> {
    const phone: { current?: Phone } = {}
    const { user, authUser = user, password, digest, host = '127.0.0.1', port = 0, timers = standardTimers } = options
    const credentials = password === undefined ? {} : { credentials: { username: authUser, password } }
    const agent = await UserAgent.open(
      { host, port, timers, ...credentials, ...(digest && { digest }) },
      {
        request: (transaction) => phone.current?.receive(transaction),
        ack: (ack) => phone.current?.callOf(ack)?.receiveAck(ack),
        cancel: (invite, cancel) => phone.current?.callOf(invite.request)?.receiveCancel(cancel),
      },
    )
    phone.current = new Phone(agent, options, host)
    return phone.current
  }

  private constructor(agent: UserAgent, options: PhoneOptions, host: string) {
    this.#agent = agent
    this.options = options
    this.#host = host
    const server = `sip:${options.server ?? options.domain ?? this.#hostPort}`
    this.#registration = new Registration(agent, this.aor, this.#contact, server)
  }

  get local(): Endpoint {
    return this.#agent.wire.local
  }

  /** Where it can be called directly. */
  get uri(): string {
    return `sip:${this.options.user}@${this.#hostPort}`
  }

  /** Its public address: `sip:user@domain`. */
  get aor(): string {
    return `sip:${this.options.user}@${this.#domain}`
  }

  register(expiresS = 300): Promise<SipResponse> {
    return this.#registration.bind(expiresS)
  }

  unregister(): Promise<SipResponse> {
    return this.#registration.bind(0)
  }

  /** Calls a number of its domain or a whole SIP URI. Failure to answer is an `ended`, never a rejection of this. */
  async call(to: string, options: CallOptions = {}): Promise<OutgoingCall> {
    const uri = /^sips?:/i.test(to) ? to : `sip:${to}@${this.#domain}`
    const target = this.options.server ? parseEndpoint(this.options.server) : endpointOf(uri)
    const id = randomUUID()
    const context = await this.#context(id, options)
    const from = options.from === undefined ? this.aor : `sip:${options.from}@${this.#domain}`
    const { sdp = 'offer', headers = [] } = options
    const odd = { unsupported: [g729], keyless: offeredFormats(this.#codecs, false) }
    const formats = sdp === 'unsupported' || sdp === 'keyless' ? odd[sdp] : undefined
    const body = sdp === 'none' ? Buffer.alloc(0) : context.media.offer(formats)
    const call = new OutgoingCall(
      context,
      {
        kind: 'request',
        method: 'INVITE',
        uri,
        headers: [
          ['Max-Forwards', '70'],
          [
            'From',
            `${formatAddress(options.display ?? this.options.display ?? '', from)};tag=${randomUUID().slice(0, 8)}`,
          ],
          ['To', `<${uri}>`],
          ['Call-ID', id],
          ['CSeq', '1 INVITE'],
          this.#contact,
          allowHeader,
          ['Supported', '100rel'],
          userAgentHeader,
          ...headers,
          ...(body.length > 0 ? [['Content-Type', 'application/sdp'] as const] : []),
        ],
        body,
      },
      target,
    )
    this.calls.set(id, call)
    return call
  }

  /** The next call that comes in; it has been answered 100 and waits for ring(), answer() or reject(). */
  nextCall(ms = 10_000): Promise<IncomingCall> {
    return this.#incoming.next(ms, () => `nobody called ${this.uri} within ${ms} ms\n${this.printedLadder()}`)
  }

  /** The next request outside any call (OPTIONS, NOTIFY, MESSAGE); it has been answered. */
  nextRequest(method: string, ms = 10_000): Promise<SipRequest> {
    const missing = () => `no ${method} for ${this.uri} within ${ms} ms\n${this.printedLadder()}`
    return this.#requests.next(ms, missing, (request) => request.method === method)
  }

  /** Sends bytes as they are. What comes back is in `messages`. */
  sendRaw(bytes: Buffer | string, to: Endpoint | string): void {
    this.#agent.wire.sendRaw(bytes, typeof to === 'string' ? parseEndpoint(to) : to)
  }

  /** Everything sent and received, of all calls. */
  get messages(): readonly LadderEntry[] {
    return this.#agent.wire.ladder.entries
  }

  ladder(): string[] {
    return labels(this.messages)
  }

  printedLadder(): string {
    return printLadder(this.messages)
  }

  /** The phone loses its power: it says nothing more, and its audio stops. */
  vanish(): void {
    this.#agent.vanish()
    for (const call of [...this.calls.values()]) call.vanish()
  }

  /** Hangs up what still goes on, waits a moment for the other side to say yes, and closes. */
  async close(): Promise<void> {
    const goodbyes = Promise.all([...this.calls.values()].map((call) => call.hangup()))
    await within(goodbyes, patienceMs, () => 'no answer').catch(() => {})
    for (const call of [...this.calls.values()]) call.vanish()
    await this.#agent.close()
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }

  callOf(request: SipRequest): Call | undefined {
    return this.calls.get(required(request, 'Call-ID'))
  }

  receive(transaction: ServerTransaction): void {
    const { request } = transaction
    const call = this.callOf(request)
    if (tagOf(required(request, 'To')) === undefined) this.#receiveOutside(transaction)
    else if (call?.dialog?.owns(request)) call.receive(transaction)
    else transaction.respond(481)
  }

  #receiveOutside(transaction: ServerTransaction): void {
    const { request } = transaction
    if (request.method === 'INVITE') return void this.#receiveCall(transaction)
    if (!['OPTIONS', 'NOTIFY', 'MESSAGE'].includes(request.method))
      return void transaction.respond(405, { headers: [allowHeader] })
    transaction.respond(200, { headers: [allowHeader] })
    this.#requests.push(request)
  }

  async #receiveCall(transaction: ServerTransaction): Promise<void> {
    const { request } = transaction
    transaction.respond(100)
    const id = required(request, 'Call-ID')
    const context = await this.#context(id, this.misbehaviour)
    if (transaction.answeredFinally) return void context.media.audio.close()
    if (request.body.length > 0 && !context.media.canAnswer(request.body)) {
      transaction.respond(488)
      return context.media.audio.close()
    }
    const call = new IncomingCall(context, transaction)
    this.calls.set(id, call)
    this.#incoming.push(call)
  }

  async #context(id: string, { neverAck, ignoreBye }: Misbehaviour): Promise<CallContext> {
    const audio = await CallAudio.open(this.#host)
    return {
      id,
      agent: this.#agent,
      media: new MediaSession(audio, this.#host, this.#codecs),
      contact: this.#contact,
      misbehaviour: { ...(neverAck && { neverAck }), ...(ignoreBye && { ignoreBye }) },
      onEnded: () => this.calls.delete(id),
    }
  }

  get #codecs(): readonly Codec[] {
    return this.options.codecs ?? ['pcma', 'pcmu']
  }

  get #contact(): Header {
    return ['Contact', `<${this.uri}>`]
  }

  get #domain(): string {
    return this.options.domain ?? this.options.server ?? this.#hostPort
  }

  get #hostPort(): string {
    const { host, port } = this.local
    return `${host.includes(':') ? `[${host}]` : host}:${port}`
  }
}
