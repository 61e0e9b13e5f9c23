import {
  type ApiError,
  type CommandInput,
  type CommandName,
  type CommandOutput,
  commands,
  Me,
  type OperationName,
  type OperationOutput,
  type OperationRequest,
  operations,
} from '@ringdown/core/contract'

type Loose = { params?: Record<string, unknown>; query?: Record<string, unknown>; body?: unknown }

/** A refusal as the API words it. */
export class Refused extends Error {
  override name = 'Refused'
  readonly status: number
  readonly code: string
  readonly field: string | undefined

  constructor(what: string, status: number, { error }: ApiError) {
    super(`${what}: ${status} ${error.code}: ${error.message}`)
    this.status = status
    this.code = error.code
    this.field = error.field
  }
}

/** One signed-in user's way to the REST API, typed and checked by the contract. */
export class Api {
  readonly me: Me
  /** For requests that are none of the contract's: recordings, sockets. */
  readonly cookie: string
  readonly origin: string

  /** Signs in. Throws Refused. */
  static async signIn(origin: string, login: string, password: string): Promise<Api> {
    const response = await fetch(`${origin}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password }),
    })
    const body = await read(`${login} signs in`, response)
    const cookie = response.headers
      .getSetCookie()
      .map((each) => each.split(';')[0])
      .join('; ')
    return new Api(origin, Me.parse(body), cookie)
  }

  private constructor(origin: string, me: Me, cookie: string) {
    this.origin = origin
    this.me = me
    this.cookie = cookie
  }

  /** An operation: `api.call('readContact', { params: { contactId } })`. Throws Refused, or a ZodError for a broken answer. */
  async call<K extends OperationName>(name: K, request: OperationRequest<K>): Promise<OperationOutput<K>> {
    const { method, path, output } = operations[name]
    const { params = {}, query = {}, body } = request as Loose
    const search = new URLSearchParams(
      Object.entries(query).map(([key, value]): [string, string] => [key, String(value)]),
    )
    const answer = await this.#send(name, method, `${fill(path, params)}?${search}`, body)
    return output.parse(answer) as OperationOutput<K>
  }

  /** A command by HTTP: `api.command('call:hold', { contactId })`. Throws Refused. */
  async command<K extends CommandName>(name: K, input: CommandInput<K>): Promise<CommandOutput<K>> {
    const { http, output } = commands[name]
    const [method = '', path = ''] = http.split(' ')
    const body = method === 'get' ? undefined : input
    return output.parse(await this.#send(name, method, fill(path, input), body)) as CommandOutput<K>
  }

  /** Anything else of this origin, as this user. */
  fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(this.origin + path, {
      ...init,
      headers: { cookie: this.cookie, 'x-csrf-token': this.me.csrfToken, ...init.headers },
    })
  }

  async #send(what: string, method: string, path: string, body: unknown): Promise<unknown> {
    const response = await this.fetch(path, {
      method: method.toUpperCase(),
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    return read(`${this.me.login} ${what}`, response)
  }
}

async function read(what: string, response: Response): Promise<unknown> {
  const body = await response.json()
  if (!response.ok) throw new Refused(what, response.status, body as ApiError)
  return body
}

function fill(path: string, params: Record<string, unknown>): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
}
