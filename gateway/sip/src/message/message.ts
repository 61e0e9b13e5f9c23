import { commaList } from './comma-list.ts'
import { type CSeq, parseCSeq } from './cseq.ts'
import type { Headers } from './headers.ts'
import { type NameAddr, parseNameAddr, tagOf } from './name-addr.ts'
import { parseVia, type Via } from './via.ts'

/**
 * A received message. The head is kept as latin1 text, one character a byte, so that whatever charset a sender used
 * goes on unchanged. Headers are taken apart on first use; the getters without `| undefined` are for messages that
 * passed `findDefect`.
 */
abstract class ReceivedMessage {
  /** Start line and header lines, each ended by CRLF, without the empty line. */
  readonly head: string
  readonly headers: Headers
  readonly body: Buffer
  private parsedVia: Via | undefined
  private parsedCSeq: CSeq | undefined
  private parsedFrom: NameAddr | undefined
  private parsedTo: NameAddr | undefined

  constructor(head: string, headers: Headers, body: Buffer) {
    this.head = head
    this.headers = headers
    this.body = body
  }

  get callId(): string {
    return this.headers.get('call-id') ?? ''
  }

  /** The topmost Via element as written. */
  get topViaText(): string {
    return commaList(this.headers.get('via') ?? '')[0] ?? ''
  }

  get maybeVia(): Via | undefined {
    this.parsedVia ??= parseVia(this.topViaText)
    return this.parsedVia
  }

  get maybeCSeq(): CSeq | undefined {
    this.parsedCSeq ??= parseCSeq(this.headers.get('cseq') ?? '')
    return this.parsedCSeq
  }

  get maybeFrom(): NameAddr | undefined {
    this.parsedFrom ??= parseNameAddr(this.headers.get('from') ?? '')
    return this.parsedFrom
  }

  get maybeTo(): NameAddr | undefined {
    this.parsedTo ??= parseNameAddr(this.headers.get('to') ?? '')
    return this.parsedTo
  }

  get via(): Via {
    return present(this.maybeVia, 'Via')
  }

  get cseq(): CSeq {
    return present(this.maybeCSeq, 'CSeq')
  }

  get from(): NameAddr {
    return present(this.maybeFrom, 'From')
  }

  get to(): NameAddr {
    return present(this.maybeTo, 'To')
  }

  get fromTag(): string {
    return tagOf(this.from) ?? ''
  }

  /** Empty when there is none. */
  get toTag(): string {
    return tagOf(this.to) ?? ''
  }
}

export class SipRequest extends ReceivedMessage {
  readonly kind = 'request'
  readonly method: string
  readonly uri: string

  constructor(method: string, uri: string, head: string, headers: Headers, body: Buffer) {
    super(head, headers, body)
    this.method = method
    this.uri = uri
  }
}

export class SipResponse extends ReceivedMessage {
  readonly kind = 'response'
  readonly status: number
  readonly reason: string

  constructor(status: number, reason: string, head: string, headers: Headers, body: Buffer) {
    super(head, headers, body)
    this.status = status
    this.reason = reason
  }
}

export type SipMessage = SipRequest | SipResponse

function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} asked of a message that was not checked`)
  return value
}
