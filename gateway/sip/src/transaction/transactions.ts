import type { SipRequest, SipResponse } from '../message/message.ts'
import type { InviteClient } from './invite-client.ts'
import type { InviteServer } from './invite-server.ts'
import type { NonInviteClient } from './non-invite-client.ts'
import type { NonInviteServer } from './non-invite-server.ts'

/** A server transaction in the table. `Owner` is what the core keeps while the request is unanswered. */
export type ServerEntry<Owner> = {
  readonly machine: InviteServer | NonInviteServer
  /** The To tag of every response but 100: the answer to a CANCEL carries the same one. */
  toTag: string
  owner: Owner | undefined
}

/** All living transactions, and how messages find theirs (RFC 3261 sections 17.1.3, 17.2.3 and 8.2.2.2). */
export class Transactions<Owner> {
  private readonly servers = new Map<string, ServerEntry<Owner>>()
  private readonly clients = new Map<string, InviteClient | NonInviteClient>()
  /** Call-ID, From tag and CSeq of requests without To tag, to see the same request come twice by two ways. */
  private readonly initial = new Set<string>()

  get serverCount(): number {
    return this.servers.size
  }

  get clientCount(): number {
    return this.clients.size
  }

  addServer(keys: ServerKeys, entry: ServerEntry<Owner>): void {
    this.servers.set(keys.server, entry)
    if (keys.initial !== undefined) this.initial.add(keys.initial)
  }

  removeServer(keys: ServerKeys): void {
    this.servers.delete(keys.server)
    if (keys.initial !== undefined) this.initial.delete(keys.initial)
  }

  findServer(request: SipRequest): ServerEntry<Owner> | undefined {
    return this.servers.get(serverKey(request, request.method))
  }

  /** The INVITE that a CANCEL means. */
  findCancelled(cancel: SipRequest): ServerEntry<Owner> | undefined {
    return this.servers.get(serverKey(cancel, 'INVITE'))
  }

  /** True when a request without To tag belongs to a transaction with another branch: answer 482. */
  isMerged(request: SipRequest): boolean {
    return request.toTag === '' && this.initial.has(initialKey(request))
  }

  addClient(branch: string, method: string, machine: InviteClient | NonInviteClient): void {
    this.clients.set(`${branch} ${method}`, machine)
  }

  removeClient(branch: string, method: string): void {
    this.clients.delete(`${branch} ${method}`)
  }

  findClient(response: SipResponse): InviteClient | NonInviteClient | undefined {
    return this.clients.get(`${response.via.branch} ${response.cseq.method}`)
  }
}

/** How a request's transaction is found again; kept instead of the request, which is larger. */
export type ServerKeys = { readonly server: string; readonly initial: string | undefined }

export function keysOf(request: SipRequest): ServerKeys {
  return {
    server: serverKey(request, request.method),
    initial: request.toTag === '' ? initialKey(request) : undefined,
  }
}

const magicCookie = 'z9hG4bK'

function serverKey(request: SipRequest, method: string): string {
  const { branch, host, port } = request.via
  const asked = method === 'ACK' ? 'INVITE' : method
  if (branch.length > magicCookie.length && branch.startsWith(magicCookie)) {
    return `${branch} ${host} ${port ?? ''} ${asked}`
  }
  // RFC 2543 clients: no unique branch. The To tag is left out, so that the ACK to a failure finds its INVITE.
  return `${request.callId} ${request.fromTag} ${request.cseq.number} ${request.uri} ${request.topViaText} ${asked}`
}

function initialKey(request: SipRequest): string {
  const { number, method } = request.cseq
  return `${request.callId} ${request.fromTag} ${number} ${method}`
}
