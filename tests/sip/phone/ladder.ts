import type { Endpoint } from './address.ts'
import { cseqOf, header, type SipMessage, startLine } from './message.ts'

export type LadderEntry = {
  at: number
  direction: 'sent' | 'received'
  peer: Endpoint
  callId: string
  /** 'INVITE', '180' … or '?' for what could not be read. */
  label: string
  startLine: string
  /** 'INVITE' for a response to an INVITE; '' when unreadable. */
  cseqMethod: string
  text: string
  retransmission: boolean
}

/** Every message a phone sent and received, in order. */
export class Ladder {
  readonly entries: LadderEntry[] = []
  #seen = new Set<string>()

  add(direction: LadderEntry['direction'], peer: Endpoint, message: SipMessage, datagram: Buffer): void {
    const text = datagram.toString('utf8')
    const retransmission = this.#seen.has(direction + text)
    this.#seen.add(direction + text)
    this.entries.push({
      at: Date.now(),
      direction,
      peer,
      callId: header(message, 'Call-ID') ?? '',
      label: message.kind === 'request' ? message.method : String(message.status),
      startLine: startLine(message),
      cseqMethod: header(message, 'CSeq') === undefined ? '' : cseqOf(message).method,
      text,
      retransmission,
    })
  }

  addUnreadable(peer: Endpoint, datagram: Buffer, why: string): void {
    const rest = { callId: '', label: '?', startLine: why, cseqMethod: '', retransmission: false }
    this.entries.push({ at: Date.now(), direction: 'received', peer, text: datagram.toString('latin1'), ...rest })
  }

  of(callId: string): LadderEntry[] {
    return this.entries.filter((entry) => entry.callId === callId)
  }
}

/** `['INVITE', '100', '180', '200', 'ACK']`: what a test compares. Retransmissions say how busy the machine is, so they are left out. */
export function labels(entries: readonly LadderEntry[]): string[] {
  return entries.filter((entry) => !entry.retransmission).map((entry) => entry.label)
}

/** A ladder to read: seconds since its first message, an arrow, the start line. */
export function printLadder(entries: readonly LadderEntry[], own = 'phone'): string {
  const first = entries[0]
  if (!first) return `${own}: no SIP message was sent or received`
  const lines = entries.map((entry) => {
    const seconds = ((entry.at - first.at) / 1000).toFixed(3).padStart(8)
    const arrow = entry.direction === 'sent' ? '───▶' : '◀───'
    const peer = `${entry.peer.host}:${entry.peer.port}`
    const what = entry.startLine.replace(/ ?SIP\/2\.0 ?/, '')
    const about = /^\d/.test(entry.label) ? ` (${entry.cseqMethod})` : ''
    return `${seconds}  ${own} ${arrow} ${peer}  ${what}${about}${entry.retransmission ? '  again' : ''}`
  })
  return lines.join('\n')
}
