import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import type { SipServer } from '../src/index.ts'
import type { SipMessage, SipRequest, SipResponse } from '../src/message/message.ts'
import { parseMessage } from '../src/message/parse-message.ts'

/** How long a test waits for a message before it fails. */
const patienceMs = 5000

export const sdp = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n'

/**
 * A SIP phone with no mind of its own: it sends what a test writes and hands over what arrives, one message at a time.
 * Nothing is retransmitted or answered by itself, so a test can lose any message by not sending it.
 */
export class WirePhone implements AsyncDisposable {
  readonly port: number
  /** First lines of all that arrived and left, in order: `> INVITE`, `< 100`. */
  readonly ladder: string[] = []
  private readonly socket: Socket
  private server: { readonly host: string; readonly port: number }
  private readonly inbox: SipMessage[] = []
  private readonly waiting = new Set<() => void>()
  private branches = 0

  private constructor(socket: Socket, server: { readonly host: string; readonly port: number }) {
    this.socket = socket
    this.server = server
    this.port = socket.address().port
    socket.on('message', (bytes) => {
      const parsed = parseMessage(bytes)
      if (!parsed.ok) throw new Error(`the server sent what can not be read: ${bytes}`)
      this.ladder.push(`< ${nameOf(parsed.message)}`)
      this.inbox.push(parsed.message)
      for (const check of this.waiting) check()
    })
  }

  static async open(server: { readonly host: string; readonly port: number }): Promise<WirePhone> {
    const socket = createSocket('udp4')
    const listening = once(socket, 'listening')
    socket.bind(0, '127.0.0.1')
    await listening
    return new WirePhone(socket, server)
  }

  /** For phones that are there before the server: where to send to from now on. */
  serveFrom(server: Pick<SipServer, 'listeners'>): void {
    this.server = server.listeners.find(({ protocol }) => protocol === 'udp') ?? this.server
  }

  get contact(): string {
    return `<sip:phone@127.0.0.1:${this.port}>`
  }

  newBranch(): string {
    return `z9hG4bK-${this.port}-${++this.branches}`
  }

  /** Sends a request of these lines; Via, Max-Forwards and Content-Length are added unless given. */
  request(startLine: string, headers: readonly string[], body = '', branch = this.newBranch()): string {
    const lines = [`${startLine} SIP/2.0`]
    if (!headers.some((line) => line.startsWith('Via:'))) {
      lines.push(`Via: SIP/2.0/UDP 127.0.0.1:${this.port};branch=${branch}`)
    }
    lines.push('Max-Forwards: 70', ...headers, `Content-Length: ${Buffer.byteLength(body)}`, '', body)
    this.raw(lines.join('\r\n'))
    this.ladder.push(`> ${startLine.split(' ')[0]}`)
    return branch
  }

  /** A new INVITE with all it needs. `user` names the caller. */
  invite(callId: string, extra: readonly string[] = [], branch = this.newBranch(), body = sdp): string {
    return this.request(
      `INVITE sip:bob@127.0.0.1:${this.server.port}`,
      [...this.party(callId, 1, 'INVITE'), `Contact: ${this.contact}`, 'Content-Type: application/sdp', ...extra],
      body,
      branch,
    )
  }

  /** From, To, Call-ID and CSeq of the calling side. */
  party(callId: string, seq: number, method: string, toTag = ''): string[] {
    return [
      'From: "Alice" <sip:alice@127.0.0.1>;tag=alice',
      `To: <sip:bob@127.0.0.1>${toTag === '' ? '' : `;tag=${toTag}`}`,
      `Call-ID: ${callId}`,
      `CSeq: ${seq} ${method}`,
    ]
  }

  /** Answers a request that arrived. */
  respond(request: SipRequest, status: number, extra: readonly string[] = [], toTag = 'phone', body = ''): void {
    const lines = [`SIP/2.0 ${status} Reason`]
    for (const { key, value } of request.headers) if (key === 'via') lines.push(`Via: ${value}`)
    for (const { key, value } of request.headers) if (key === 'record-route') lines.push(`Record-Route: ${value}`)
    lines.push(`From: ${request.headers.get('from')}`)
    const to = request.headers.get('to') ?? ''
    lines.push(`To: ${to}${status === 100 || to.includes(';tag=') ? '' : `;tag=${toTag}`}`)
    lines.push(`Call-ID: ${request.callId}`, `CSeq: ${request.headers.get('cseq')}`, ...extra)
    lines.push(`Content-Length: ${Buffer.byteLength(body)}`, '', body)
    this.raw(lines.join('\r\n'))
    this.ladder.push(`> ${status}`)
  }

  /** Sends these bytes, to the server or somebody else. */
  raw(text: string | Buffer, to = this.server): void {
    this.socket.send(text, to.port, to.host)
  }

  /** The next request of this method that arrived or will arrive. */
  async nextRequest(method: string): Promise<SipRequest> {
    return (await this.next(method, (message) => message.kind === 'request' && message.method === method)) as SipRequest
  }

  /** The next response of this status, to this method if given. */
  async nextResponse(status: number, method?: string): Promise<SipResponse> {
    const fits = (message: SipMessage) =>
      message.kind === 'response' &&
      message.status === status &&
      (method === undefined || message.cseq.method === method)
    return (await this.next(String(status), fits)) as SipResponse
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.socket, 'close')
    this.socket.close()
    await closed
  }

  private next(name: string, fits: (message: SipMessage) => boolean): Promise<SipMessage> {
    return new Promise((resolve, reject) => {
      const check = () => {
        const index = this.inbox.findIndex(fits)
        const found = this.inbox[index]
        if (!found) return
        this.inbox.splice(index, 1)
        this.waiting.delete(check)
        clearTimeout(timer)
        resolve(found)
      }
      const timer = setTimeout(() => {
        this.waiting.delete(check)
        reject(new Error(`no ${name} came; the ladder is ${this.ladder.join(' ')}`))
      }, patienceMs)
      this.waiting.add(check)
      check()
    })
  }
}

function nameOf(message: SipMessage): string {
  return message.kind === 'request' ? message.method : String(message.status)
}
