import { EventEmitter } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate } from 'node:timers/promises'
import type { z } from 'zod'
import { MediaError } from '../protocol/errors.ts'
import { type EventData, type EventName, events } from '../protocol/events.ts'
import { type MethodName, type MethodParams, type MethodResult, methods } from '../protocol/methods.ts'
import { Message } from '../protocol/wire.ts'
import { LineReader } from '../rpc/line-reader.ts'

export type ConnectOptions = {
  host: string
  port: number
  secret: string
  /** Names whose legs these are: a client that names the same owner later adopts them. Random unless given. */
  owner?: string
  /** How long a request may take. */
  requestTimeoutMs?: number
  /** First and longest pause between two attempts to reconnect. */
  reconnectMs?: { first: number; longest: number }
}

/** `down` when the connection is lost, `up` with what the server still has of ours when it is back. */
export type ClientEvents = { [E in EventName]: [EventData<E>] } & {
  down: []
  up: [MethodResult<'hello'>]
}

type Pending = { method: MethodName; resolve(result: unknown): void; reject(error: Error): void; timer: NodeJS.Timeout }

/**
 * A connection to a media server that comes back by itself. Requests made while it is down are refused at once with
 * `disconnected`; those under way when it breaks too.
 */
export class MediaClient extends EventEmitter<ClientEvents> implements AsyncDisposable {
  readonly #options: Required<ConnectOptions>
  readonly #pending = new Map<number, Pending>()
  #socket: Socket | undefined
  #lines = new LineReader()
  readonly #inbox: Message[] = []
  #handling = false
  #nextId = 1
  #retry: NodeJS.Timeout | undefined
  #pauseMs: number
  #closed = false

  constructor(options: Required<ConnectOptions>) {
    super()
    this.#options = options
    this.#pauseMs = options.reconnectMs.first
  }

  get connected(): boolean {
    return this.#socket !== undefined
  }

  get owner(): string {
    return this.#options.owner
  }

  /** Asks the server. Rejects with MediaError: the server's refusal, `request_timeout` or `disconnected`. */
  call<M extends MethodName>(method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    if (!this.#socket) return Promise.reject(new MediaError('disconnected', 'no connection to the media server'))
    return this.#request(this.#socket, method, params)
  }

  /** Opens the connection and says hello. Rejects when that fails; later losses are repaired in the background. */
  async open(): Promise<MethodResult<'hello'>> {
    const socket = connect(this.#options.port, this.#options.host)
    socket.setNoDelay(true)
    this.#lines = new LineReader()
    const failed = Promise.withResolvers<never>()
    failed.promise.catch(() => {})
    socket.on('error', (error) => failed.reject(new MediaError('disconnected', `media server: ${error.message}`)))
    socket.on('data', (data) => this.#read(socket, data))
    socket.on('close', () => {
      failed.reject(new MediaError('disconnected', 'the media server closed the connection'))
      this.#lost(socket)
    })
    const greeted = this.#request(socket, 'hello', { secret: this.#options.secret, owner: this.#options.owner })
    const hello = await Promise.race([greeted, failed.promise]).catch((error: unknown) => {
      socket.destroy()
      greeted.catch(() => {})
      throw error
    })
    if (this.#closed) socket.destroy()
    this.#socket = socket
    this.#pauseMs = this.#options.reconnectMs.first
    return hello
  }

  /** Ends the connection for good. */
  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    const socket = this.#socket
    this.#socket = undefined
    socket?.destroy()
    this.#refuseAll()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  #request<M extends MethodName>(socket: Socket, method: M, params: MethodParams<M>): Promise<MethodResult<M>> {
    const id = this.#nextId++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    const timer = setTimeout(() => {
      this.#pending.delete(id)
      reject(new MediaError('request_timeout', `${method}: no answer in ${this.#options.requestTimeoutMs} ms`))
    }, this.#options.requestTimeoutMs)
    this.#pending.set(id, { method, resolve, reject, timer })
    socket.write(`${JSON.stringify({ id, method, params })}\n`)
    return promise as Promise<MethodResult<M>>
  }

  #read(socket: Socket, data: Buffer): void {
    try {
      for (const line of this.#lines.push(data)) this.#inbox.push(Message.parse(JSON.parse(line)))
    } catch {
      // No media server, or one that lost its senses: a new connection starts afresh.
      socket.destroy()
    }
    if (!this.#handling) void this.#handleAll()
  }

  /** After each result its caller goes on first: an event about a new leg or play must not overtake its id. */
  async #handleAll(): Promise<void> {
    this.#handling = true
    try {
      for (let message = this.#inbox.shift(); message; message = this.#inbox.shift()) {
        if ('event' in message) this.#tell(message.event, message.data)
        else if (message.id !== null) {
          this.#settle(message.id, message)
          await setImmediate()
        }
      }
    } finally {
      this.#handling = false
    }
  }

  #settle(id: number, message: Exclude<Message, { event: string }>): void {
    const pending = this.#pending.get(id)
    if (!pending) return
    this.#pending.delete(id)
    clearTimeout(pending.timer)
    if ('error' in message) {
      const { code, message: text, field } = message.error
      pending.reject(new MediaError(code, text, field))
      return
    }
    const result = (methods[pending.method].result as z.ZodType).safeParse(message.result)
    if (result.success) pending.resolve(result.data)
    else pending.reject(new MediaError('internal', `${pending.method}: the server's result is not what it should be`))
  }

  #tell(name: string, data: unknown): void {
    if (!Object.hasOwn(events, name)) return
    const event = name as EventName
    const parsed = events[event].safeParse(data)
    if (!parsed.success) return
    // EventEmitter's overloads cannot follow that name and data belong together.
    const emit = this.emit.bind(this) as (event: EventName, data: unknown) => boolean
    emit(event, parsed.data)
  }

  #lost(socket: Socket): void {
    if (this.#socket !== socket) return
    this.#socket = undefined
    this.#refuseAll()
    this.emit('down')
    this.#reconnectLater()
  }

  #reconnectLater(): void {
    if (this.#closed) return
    this.#retry = setTimeout(() => {
      this.open().then(
        (hello) => this.emit('up', hello),
        () => this.#reconnectLater(),
      )
    }, this.#pauseMs)
    this.#pauseMs = Math.min(this.#pauseMs * 2, this.#options.reconnectMs.longest)
  }

  #refuseAll(): void {
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer)
      reject(new MediaError('disconnected', 'the connection to the media server broke'))
    }
    this.#pending.clear()
  }
}
