/** Frames above this are refused: nothing sane is longer. */
export const maxFrameBytes = 1024 * 1024

const hash = 35

/** Cuts `<decimal length>#<payload>` frames out of the byte stream of an application (wire protocol, section 1). */
export class FrameReader {
  private pending: Buffer = Buffer.alloc(0)

  /** Throws a RangeError when what comes is no frame; the connection is useless then. */
  push(chunk: Buffer): Buffer[] {
    this.pending = this.pending.length === 0 ? chunk : Buffer.concat([this.pending, chunk])
    const payloads: Buffer[] = []
    let position = 0
    for (let frame = this.frameAt(0); frame; frame = this.frameAt(position)) {
      payloads.push(this.pending.subarray(frame.start, frame.end))
      position = frame.end
    }
    this.pending = this.pending.subarray(position)
    return payloads
  }

  private frameAt(position: number): { start: number; end: number } | undefined {
    let length = 0
    let i = position
    for (; i < this.pending.length && this.pending[i] !== hash; i++) {
      const digit = (this.pending[i] ?? 0) - 48
      if (digit < 0 || digit > 9) throw new RangeError('frame length is not a number')
      length = length * 10 + digit
      if (length > maxFrameBytes) throw new RangeError(`frame is longer than ${maxFrameBytes} bytes`)
    }
    if (i >= this.pending.length) return undefined
    if (i === position || length === 0) throw new RangeError('frame without length')
    const end = i + 1 + length
    return end <= this.pending.length ? { start: i + 1, end } : undefined
  }
}

/** One frame: the leader line and, after CRLF, a SIP message. The leader is latin1 text. */
export function writeFrame(leader: string, message: Buffer | undefined): Buffer {
  const length = leader.length + (message === undefined ? 0 : 2 + message.length)
  const head = `${length}#${leader}${message === undefined ? '' : '\r\n'}`
  if (message === undefined) return Buffer.from(head, 'latin1')
  const frame = Buffer.allocUnsafe(head.length + message.length)
  frame.write(head, 0, 'latin1')
  message.copy(frame, head.length)
  return frame
}
