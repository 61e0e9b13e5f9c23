import { commaList } from '../message/comma-list.ts'
import type { SipRequest } from '../message/message.ts'
import { parseNameAddr } from '../message/name-addr.ts'
import { parameter } from '../message/parameters.ts'
import { parseSipUri, type SipUri } from '../message/uri.ts'
import type { Flow } from '../transport/flow.ts'

const defaultExpiresS = 3600

/**
 * Connections of clients that registered over them, by their Contact: a client behind NAT can not be connected to, so
 * requests for it have to take the connection it made.
 */
export class RegisteredFlows {
  private readonly flows = new Map<string, { flow: Flow; expiresAt: number }>()

  /** After a 2xx to a REGISTER. `granted` is the Expires header of the response, in seconds. */
  remember(register: SipRequest, flow: Flow, granted: string | undefined, now: number): void {
    if (!flow.reliable) return
    const asked = register.headers.get('expires')
    for (const value of commaList(register.headers.get('contact') ?? '')) {
      const contact = parseNameAddr(value)
      const uri = contact && parseSipUri(contact.uri)
      if (!contact || !uri) continue
      const expires = Number(parameter(contact.parameters, 'expires') ?? asked ?? granted ?? defaultExpiresS)
      if (expires > 0) this.flows.set(keyOf(uri), { flow, expiresAt: now + expires * 1000 })
      else this.flows.delete(keyOf(uri))
    }
  }

  /** The open connection of the client that registered this Contact. */
  find(uri: SipUri): Flow | undefined {
    if (this.flows.size === 0) return undefined
    const entry = this.flows.get(keyOf(uri))
    if (!entry) return undefined
    if (entry.flow.open && entry.expiresAt > Date.now()) return entry.flow
    this.flows.delete(keyOf(uri))
    return undefined
  }

  /** Whether a client registered over this connection and may still be called by it. */
  has(flow: Flow): boolean {
    for (const entry of this.flows.values()) if (entry.flow === flow && entry.expiresAt > Date.now()) return true
    return false
  }

  /** A connection is gone. */
  forget(flow: Flow): void {
    for (const [key, entry] of this.flows) if (entry.flow === flow) this.flows.delete(key)
  }
}

function keyOf({ user, host, port }: SipUri): string {
  return `${user}@${host}:${port ?? ''}`
}
