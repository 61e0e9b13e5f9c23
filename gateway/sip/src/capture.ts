import { hostPort } from './message/uri.ts'
import type { Flow } from './transport/flow.ts'

/** One SIP message of a call, as operators see it. */
export type CapturedMessage = {
  /** ms since the epoch. */
  readonly at: number
  readonly direction: 'in' | 'out'
  readonly transport: string
  readonly local: string
  readonly remote: string
  readonly text: string
}

export type CaptureLimits = {
  /** How many calls are kept; 0 turns capturing off. */
  readonly calls: number
  readonly messagesPerCall: number
  readonly bytes: number
}

type Entry = { readonly at: number; readonly direction: 'in' | 'out'; readonly flow: Flow; readonly bytes: Buffer }

const credentials = /^((?:proxy-)?authorization[ \t]*:)[^\r\n]*(?:\r\n[ \t][^\r\n]*)*/gim

/** The last messages of the last calls, by Call-ID. When full, the call that began first is forgotten. */
export class Capture {
  private readonly limits: CaptureLimits
  private readonly calls = new Map<string, { entries: Entry[]; bytes: number }>()
  private bytes = 0

  constructor(limits: CaptureLimits) {
    this.limits = limits
  }

  received(callId: string, bytes: Buffer, flow: Flow): void {
    this.record(callId, { at: Date.now(), direction: 'in', flow, bytes })
  }

  /** The Call-ID of our own messages stands on a line of a known spelling: no need to parse. */
  sent(bytes: Buffer, flow: Flow): void {
    if (this.limits.calls === 0) return
    const name = '\r\nCall-ID: '
    const start = bytes.indexOf(name, 0, 'latin1')
    if (start === -1) return
    const end = bytes.indexOf('\r\n', start + name.length, 'latin1')
    this.record(bytes.toString('latin1', start + name.length, end), { at: Date.now(), direction: 'out', flow, bytes })
  }

  /** In the order they passed; credentials are blanked. Undefined for an unknown Call-ID. */
  messages(callId: string): CapturedMessage[] | undefined {
    return this.calls.get(callId)?.entries.map(({ at, direction, flow, bytes }) => ({
      at,
      direction,
      transport: flow.protocol,
      local: hostPort(flow.listener.local.host, flow.listener.local.port),
      remote: hostPort(flow.remote.host, flow.remote.port),
      text: withoutCredentials(bytes),
    }))
  }

  private record(callId: string, entry: Entry): void {
    const { limits } = this
    if (limits.calls === 0 || callId === '') return
    let call = this.calls.get(callId)
    if (!call) {
      call = { entries: [], bytes: 0 }
      this.calls.set(callId, call)
    }
    if (call.entries.length >= limits.messagesPerCall) return
    call.entries.push(entry)
    call.bytes += entry.bytes.length
    this.bytes += entry.bytes.length
    while (this.calls.size > limits.calls || (this.bytes > limits.bytes && this.calls.size > 1)) this.forgetOldest()
  }

  private forgetOldest(): void {
    for (const [callId, call] of this.calls) {
      this.calls.delete(callId)
      this.bytes -= call.bytes
      return
    }
  }
}

function withoutCredentials(bytes: Buffer): string {
  const bodyAt = bytes.indexOf('\r\n\r\n', 0, 'latin1')
  const head = bodyAt === -1 ? bytes.toString() : bytes.toString('utf8', 0, bodyAt)
  const body = bodyAt === -1 ? '' : bytes.toString('utf8', bodyAt)
  return head.replace(credentials, '$1 ***') + body
}
