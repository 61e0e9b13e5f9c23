import { type Endpoint, endpointOf, parseAddress } from './address.ts'
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

/** The lasting relation of two phones in a call (RFC 3261 12): tags, numbers, route. */
export class Dialog {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  remoteTarget: string
  #local: string
  #remote: string
  #routes: string[]
  #localCseq: number

  /** The caller's side, from the response that made it (12.1.2); it goes on numbering where the early dialog stopped. */
  static ofCaller(invite: SipRequest, response: SipResponse, early?: Dialog): Dialog {
    return new Dialog({
      callId: required(invite, 'Call-ID'),
      local: required(invite, 'From'),
      remote: required(response, 'To'),
      remoteTarget: contactUri(response) ?? invite.uri,
      routes: headerList(response, 'Record-Route').reverse(),
      localCseq: Math.max(cseqOf(invite).number, early?.lastCseq ?? 0),
    })
  }

  /** The called side, from the INVITE and the tag we answer with (12.1.1). */
  static ofCalled(invite: SipRequest, localTag: string): Dialog {
    const to = required(invite, 'To')
    return new Dialog({
      callId: required(invite, 'Call-ID'),
      local: tagOf(to) ? to : `${to};tag=${localTag}`,
      remote: required(invite, 'From'),
      remoteTarget: contactUri(invite) ?? parseAddress(required(invite, 'From')).uri,
      routes: headerList(invite, 'Record-Route'),
      localCseq: Math.floor(Math.random() * 10_000),
    })
  }

  private constructor(parts: {
    callId: string
    local: string
    remote: string
    remoteTarget: string
    routes: string[]
    localCseq: number
  }) {
    this.callId = parts.callId
    this.#local = parts.local
    this.#remote = parts.remote
    this.localTag = tagOf(parts.local) ?? ''
    this.remoteTag = tagOf(parts.remote) ?? ''
    this.remoteTarget = parts.remoteTarget
    this.#routes = parts.routes
    this.#localCseq = parts.localCseq
  }

  /** Where requests in this dialog go: the first route, else the peer's contact. */
  get nextHop(): Endpoint {
    const route = this.#routes[0]
    return endpointOf(route === undefined ? this.remoteTarget : parseAddress(route).uri)
  }

  get lastCseq(): number {
    return this.#localCseq
  }

  nextCseq(): number {
    return ++this.#localCseq
  }

  request(method: string, headers: Header[] = [], body: Buffer = Buffer.alloc(0)): SipRequest {
    return this.#build(method, this.nextCseq(), headers, body)
  }

  /** The ACK of a 2xx takes the number of its INVITE (13.2.2.4). */
  ack(inviteCseq: number, headers: Header[] = [], body: Buffer = Buffer.alloc(0)): SipRequest {
    return this.#build('ACK', inviteCseq, headers, body)
  }

  owns(message: SipRequest | SipResponse): boolean {
    if (header(message, 'Call-ID') !== this.callId) return false
    const [theirs, ours] = message.kind === 'request' ? ['From', 'To'] : ['To', 'From']
    return tagOf(required(message, theirs!)) === this.remoteTag && tagOf(required(message, ours!)) === this.localTag
  }

  #build(method: string, cseq: number, headers: Header[], body: Buffer): SipRequest {
    return {
      kind: 'request',
      method,
      uri: this.remoteTarget,
      headers: [
        ['Max-Forwards', '70'],
        ...this.#routes.map((route) => ['Route', route] as const),
        ['From', this.#local],
        ['To', this.#remote],
        ['Call-ID', this.callId],
        ['CSeq', `${cseq} ${method}`],
        ...headers,
      ],
      body,
    }
  }
}

export function contactUri(message: SipRequest | SipResponse): string | undefined {
  const contact = headerList(message, 'Contact')[0]
  return contact === undefined ? undefined : parseAddress(contact).uri
}
