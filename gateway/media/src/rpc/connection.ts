import { randomUUID, timingSafeEqual } from 'node:crypto'
import type { Socket } from 'node:net'
import type { z } from 'zod'
import { type ErrorCode, MediaError } from '../protocol/errors.ts'
import { type MethodName, methods } from '../protocol/methods.ts'
import { PROTOCOL_VERSION, Request, type WireError } from '../protocol/wire.ts'
import type { ParsedParams } from './handler.ts'
import { LineReader } from './line-reader.ts'
import type { Voice } from './owners.ts'
import type { ServerContext } from './server-context.ts'
import { serverStats } from './server-stats.ts'

/** A client that does not read what it is sent is cut off at so many bytes. */
const MAX_UNSENT_BYTES = 16 * 1024 * 1024

/** One client: reads its requests, answers each, and speaks for its owner after `hello`. */
export class Connection implements Voice {
  readonly #socket: Socket
  readonly #context: ServerContext
  readonly #lines = new LineReader()
  #owner: string | undefined

  constructor(socket: Socket, context: ServerContext) {
    this.#socket = socket
    this.#context = context
    socket.setNoDelay(true)
    socket.on('data', (data) => this.#read(data))
    socket.on('error', (error) => this.#context.log.debug({ error: error.message }, 'connection failed'))
    socket.on('close', () => {
      if (this.#owner !== undefined) this.#context.owners.detach(this.#owner, this)
    })
  }

  send(message: object): void {
    if (this.#socket.writableLength > MAX_UNSENT_BYTES) this.#socket.destroy()
    else if (this.#socket.writable) this.#socket.write(`${JSON.stringify(message)}\n`)
  }

  end(): void {
    this.#socket.end()
  }

  #read(data: Buffer): void {
    try {
      for (const line of this.#lines.push(data)) void this.#answer(line)
    } catch (error) {
      this.#refuse(null, 'malformed_request', error instanceof Error ? error.message : 'unreadable')
      this.#socket.end()
    }
  }

  async #answer(line: string): Promise<void> {
    const request = Request.safeParse(readJson(line))
    if (!request.success) {
      const field = request.error.issues[0]?.path.join('.')
      this.#refuse(null, 'malformed_request', 'not a request {id, method, params} in JSON', field)
      return
    }
    const { id, method, params } = request.data
    this.#context.log.trace({ owner: this.#owner, method, id }, 'request')
    try {
      this.send({ id, result: await this.#perform(method, params) })
      if (method === 'hello') this.#context.owners.deliverKept(this.#owner!)
    } catch (error) {
      this.#explain(id, method, error)
      if (method === 'hello') this.#socket.end()
    }
  }

  async #perform(name: string, given: unknown): Promise<unknown> {
    if (!isMethod(name)) throw new MediaError('unknown_method', `no method ${name}`, 'method')
    if (name === 'hello') return this.#hello(parse('hello', given ?? {}))
    if (this.#owner === undefined) throw new MediaError('unauthorized', 'say hello with the secret first')
    const params = parse(name, given ?? {})
    return name === 'server.stats'
      ? serverStats(this.#context)
      : this.#context.exchange.perform(name, params, this.#owner)
  }

  #hello({ secret, owner = randomUUID() }: ParsedParams<'hello'>) {
    if (!sameSecret(secret, this.#context.config.secret)) {
      throw new MediaError('unauthorized', 'wrong secret (setting RINGDOWN_MEDIA_SECRET)', 'secret')
    }
    if (this.#owner !== undefined) throw new MediaError('malformed_request', 'hello was said already')
    this.#owner = owner
    this.#context.owners.attach(owner, this)
    return { version: PROTOCOL_VERSION, owner, ...this.#context.exchange.ownedBy(owner) }
  }

  #explain(id: number, method: string, error: unknown): void {
    if (error instanceof MediaError) {
      this.#refuse(id, error.code, error.message, error.field)
      return
    }
    this.#context.log.error({ err: error, method }, 'a method failed')
    this.#refuse(id, 'internal', 'the media server failed; its log says more')
  }

  #refuse(id: number | null, code: ErrorCode, message: string, field?: string): void {
    const error: WireError = field ? { code, message, field } : { code, message }
    this.send({ id, error })
  }
}

function readJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

function isMethod(name: string): name is MethodName {
  return Object.hasOwn(methods, name)
}

function parse<M extends MethodName>(name: M, given: unknown): ParsedParams<M> {
  const parsed = (methods[name].params as unknown as z.ZodType<ParsedParams<M>>).safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : []
  const field = [...issue.path, ...unknown.slice(0, 1)].join('.')
  throw new MediaError('invalid_params', `${name}: ${field}: ${issue.message}`, field)
}

function sameSecret(given: string, secret: string): boolean {
  const a = Buffer.from(given)
  const b = Buffer.from(secret)
  return a.length === b.length && timingSafeEqual(a, b)
}
