/** Bounds of what a stream peer may make us hold, in bytes. */
export type StreamLimits = { readonly headBytes: number; readonly bodyBytes: number }

/** What the framer found: a whole message, a keep-alive ping (RFC 5626 section 3.5.1), or the end of all framing. */
export type StreamEvent =
  | { readonly type: 'message'; readonly bytes: Buffer }
  | { readonly type: 'ping' }
  | { readonly type: 'broken'; readonly reason: string; readonly bytes: Buffer | undefined }

const doubleLineEnd = '\r\n\r\n'
const contentLength = /\r\n(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*(?=\r\n)/i

/**
 * Cuts messages out of a byte stream by Content-Length (RFC 3261 section 18.3). After `broken` nothing more comes: the
 * place where the next message starts can not be known.
 */
export class StreamFramer {
  private readonly limits: StreamLimits
  private pending: Buffer = Buffer.alloc(0)
  private broken = false

  constructor(limits: StreamLimits) {
    this.limits = limits
  }

  /** True while a message has begun and not ended. */
  get partial(): boolean {
    return this.pending.length > 0
  }

  *push(chunk: Buffer): Generator<StreamEvent> {
    if (this.broken) return
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    while (this.pending.length > 0) {
      const event = this.next()
      if (event === undefined) return
      if (event.type === 'broken') {
        this.broken = true
        this.pending = Buffer.alloc(0)
      }
      yield event
    }
  }

  private next(): StreamEvent | undefined {
    const { pending } = this
    if (pending[0] === 13 || pending[0] === 10) return this.lineEnds()
    const headEnd = pending.indexOf(doubleLineEnd, 0, 'latin1')
    if (headEnd === -1) {
      return pending.length > this.limits.headBytes ? broken('headers too long', undefined) : undefined
    }
    if (headEnd > this.limits.headBytes) return broken('headers too long', undefined)
    const match = contentLength.exec(pending.toString('latin1', 0, headEnd + 2))
    if (!match) return broken('no Content-Length', pending.subarray(0, headEnd + 4))
    const length = Number(match[1])
    if (length > this.limits.bodyBytes) return broken('body too long', pending.subarray(0, headEnd + 4))
    const end = headEnd + 4 + length
    if (pending.length < end) return undefined
    this.pending = pending.subarray(end)
    return { type: 'message', bytes: pending.subarray(0, end) }
  }

  /** CRLFCRLF between messages is a ping; single CRLFs are ignored (RFC 3261 section 7.5). */
  private lineEnds(): StreamEvent | undefined {
    const { pending } = this
    if (pending.length >= 4 && pending.toString('latin1', 0, 4) === doubleLineEnd) {
      this.pending = pending.subarray(4)
      return { type: 'ping' }
    }
    if (pending.length < 2 || (pending.length < 4 && doubleLineEnd.startsWith(pending.toString('latin1'))))
      return undefined
    if (pending[0] !== 13 || pending[1] !== 10) return broken('line end out of place', undefined)
    this.pending = pending.subarray(2)
    return this.pending.length > 0 ? this.next() : undefined
  }
}

function broken(reason: string, bytes: Buffer | undefined): StreamEvent {
  return { type: 'broken', reason, bytes }
}
