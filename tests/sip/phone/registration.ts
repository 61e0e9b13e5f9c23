import { randomUUID } from 'node:crypto'
import { endpointOf } from './address.ts'
import { type Header, header, type SipRequest, type SipResponse } from './message.ts'
import type { UserAgent } from './user-agent.ts'

export class RegistrationRefused extends Error {
  override name = 'RegistrationRefused'
  readonly status: number

  constructor(response: SipResponse) {
    super(`the registrar refused: ${response.status} ${response.phrase}`)
    this.status = response.status
  }
}

/** The binding of one phone at its registrar (RFC 3261 10): one Call-ID, rising numbers. Not refreshed by itself. */
export class Registration {
  #agent: UserAgent
  #aor: string
  #contact: Header
  #server: string
  #callId = randomUUID()
  #cseq = 0
  #tag = randomUUID().slice(0, 8)

  constructor(agent: UserAgent, aor: string, contact: Header, server: string) {
    this.#agent = agent
    this.#aor = aor
    this.#contact = contact
    this.#server = server
  }

  /** Binds our contact for so many seconds (0 removes it). Throws RegistrationRefused, RequestTimeout. */
  async bind(expiresS: number): Promise<SipResponse> {
    const request = this.#request(expiresS)
    const response = await this.#agent.exchange(request, endpointOf(this.#server), () => ++this.#cseq)
    const minimum = Number(header(response, 'Min-Expires'))
    if (response.status === 423 && minimum > expiresS) return this.bind(minimum)
    if (response.status >= 300) throw new RegistrationRefused(response)
    return response
  }

  #request(expiresS: number): SipRequest {
    return {
      kind: 'request',
      method: 'REGISTER',
      uri: this.#server,
      headers: [
        ['Max-Forwards', '70'],
        ['From', `<${this.#aor}>;tag=${this.#tag}`],
        ['To', `<${this.#aor}>`],
        ['Call-ID', this.#callId],
        ['CSeq', `${++this.#cseq} REGISTER`],
        this.#contact,
        ['Expires', String(expiresS)],
      ],
      body: Buffer.alloc(0),
    }
  }
}
