import { randomBytes } from 'node:crypto'
import { parseAddress } from './address.ts'
import { contactUri } from './dialog.ts'
import { type Challenge, type Credentials, type DigestAlgorithm, isAuthorized } from './digest.ts'
import type { LadderEntry } from './ladder.ts'
import { type Header, header, required, type SipRequest } from './message.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { standardTimers } from './timers.ts'
import { UserAgent } from './user-agent.ts'

export type RegistrarOptions = {
  realm: string
  users: Credentials[]
  /** In the order in which they are offered. */
  algorithms: DigestAlgorithm[]
  minExpiresS?: number
  /** Granted whatever is asked for. */
  grantedS?: number
}

/** A registrar just large enough to check a phone against: digest, Min-Expires, bindings. It also asks callers for their password. */
export class Registrar implements AsyncDisposable {
  /** Contact by user. */
  readonly bindings = new Map<string, string>()
  readonly #agent: UserAgent
  readonly #options: RegistrarOptions
  readonly #challenges: Challenge[]

  static async start(options: RegistrarOptions): Promise<Registrar> {
    const registrar: { current?: Registrar } = {}
    const agent = await UserAgent.open(
      { host: '127.0.0.1', port: 0, timers: standardTimers },
      { request: (transaction) => registrar.current?.receive(transaction), ack: () => {}, cancel: () => {} },
    )
    registrar.current = new Registrar(agent, options)
    return registrar.current
  }

  private constructor(agent: UserAgent, options: RegistrarOptions) {
    this.#agent = agent
    this.#options = options
    this.#challenges = options.algorithms.map((algorithm) => {
      const nonce = randomBytes(12).toString('hex')
      return { realm: options.realm, nonce, algorithm, opaque: 'o', qop: 'auth', stale: false }
    })
  }

  get hostPort(): string {
    return `127.0.0.1:${this.#agent.wire.local.port}`
  }

  get requests(): string[] {
    return this.#agent.wire.ladder.entries.filter((e) => e.direction === 'received').map((e) => e.label)
  }

  /** Everything sent and received. */
  get messages(): readonly LadderEntry[] {
    return this.#agent.wire.ladder.entries
  }

  receive(transaction: ServerTransaction): void {
    const { request } = transaction
    if (!this.#proves(request)) this.#challenge(transaction)
    else if (request.method === 'REGISTER') this.#bind(transaction)
    else transaction.respond(404)
  }

  #bind(transaction: ServerTransaction): void {
    const { request } = transaction
    const expires = Number(header(request, 'Expires') ?? 3600)
    const { minExpiresS = 0 } = this.#options
    if (expires > 0 && expires < minExpiresS)
      return void transaction.respond(423, { headers: [['Min-Expires', String(minExpiresS)]] })
    const user = userOf(request)
    if (expires === 0) this.bindings.delete(user)
    else this.bindings.set(user, contactUri(request) ?? '')
    transaction.respond(200, { headers: [['Expires', String(expires && (this.#options.grantedS ?? expires))]] })
  }

  #challenge(transaction: ServerTransaction): void {
    const register = transaction.request.method === 'REGISTER'
    const headers = this.#challenges.map(({ realm, nonce, algorithm, opaque, qop }): Header => {
      const value = `Digest realm="${realm}", nonce="${nonce}", algorithm=${algorithm}, opaque="${opaque}", qop="${qop}"`
      return [register ? 'WWW-Authenticate' : 'Proxy-Authenticate', value]
    })
    transaction.respond(register ? 401 : 407, { headers })
  }

  #proves(request: SipRequest): boolean {
    const credentials = this.#options.users.find((user) => user.username === userOf(request))
    return (
      credentials !== undefined && this.#challenges.some((challenge) => isAuthorized(request, challenge, credentials))
    )
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#agent.close()
  }
}

function userOf(request: SipRequest): string {
  return /sip:([^@]+)@/.exec(parseAddress(required(request, 'From')).uri)?.[1] ?? ''
}
