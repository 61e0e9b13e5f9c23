import type { EventEmitter } from 'node:events'
import { once } from 'node:events'
import Srf from 'drachtio-srf'
import type { SipServer } from '../src/index.ts'
import { secret } from './test-server.ts'

// drachtio-srf 5.0.29 declares less than it does (callbacks with an error first, `Dialog.id`, per-method handlers), so
// the tests have their own declarations of what they use.
type Options = { readonly headers?: Record<string, string>; readonly body?: string }
type Auth = { readonly username: string; readonly password: string }

export interface Message extends EventEmitter {
  readonly method: string
  readonly status: number
  readonly body: string
  readonly uri: string
  get(header: string): string
  has(header: string): boolean
}
export interface Request extends Message {
  readonly receivedOn: string
  readonly protocol: string
  readonly source_address: string
  cancel(sent: (error: unknown, cancel: Message) => void): void
}
export interface Response extends Message {
  send(
    status: number,
    options?: Options,
    sent?: (error: unknown, response: Message) => void,
    acked?: (ack: Message) => void,
  ): void
}
export interface Dialog extends EventEmitter {
  readonly id: string
  readonly local: { readonly sdp: string; readonly uri: string }
  readonly remote: { readonly sdp: string; readonly uri: string }
  destroy(options?: { auth?: Auth }): Promise<Message>
  modify(sdp: string, options?: { auth?: Auth }): Promise<string>
  request(options: { method: string; body?: string; headers?: Record<string, string> }): Promise<Message>
}
/** What a `proxy` command came to. */
export type ProxyResults = {
  readonly connected: boolean
  readonly finalStatus?: number
  readonly responses: readonly {
    readonly address: string
    readonly port: number
    readonly msgs: readonly { readonly status: number }[]
  }[]
}
export type ProxyRequestOptions = {
  readonly forking?: 'simultaneous' | 'sequential'
  readonly remainInDialog?: boolean
  readonly followRedirects?: boolean
  readonly provisionalTimeout?: string
  readonly finalTimeout?: string
  readonly headers?: Record<string, string>
}
type Handler = (request: Request, response: Response) => void
type UacOptions = {
  readonly method?: string
  readonly localSdp?: string
  readonly auth?: Auth
  readonly proxy?: string
  readonly headers?: Record<string, string>
}
type Progress = {
  readonly cbRequest?: (error: unknown, request: Request) => void
  readonly cbProvisional?: (response: Message) => void
}
export interface App extends EventEmitter {
  connect(to: {
    host: string
    port: number
    secret: string
    tags?: string[]
    reconnect?: { maxAttempts: number }
    tls?: object
  }): void
  listen(at: { host: string; port: number; secret: string; tls?: object }): unknown
  endSession(request: Request): void
  disconnect(): void
  invite(handler: Handler): void
  register(handler: Handler): void
  options(handler: Handler): void
  message(handler: Handler): void
  refer(handler: Handler): void
  subscribe(handler: Handler): void
  removeRoute(verb: string): void
  request(
    uri: string,
    options: Options & { method: string; auth?: Auth; proxy?: string },
    sent: (error: unknown, request: Request) => void,
  ): void
  proxyRequest(
    request: Request,
    destination: string | readonly string[],
    options?: ProxyRequestOptions,
  ): Promise<ProxyResults>
  createUAS(
    request: Request,
    response: Response,
    options: { localSdp?: string; headers?: Record<string, string> },
  ): Promise<Dialog>
  createUAC(uri: string, options: UacOptions, progress?: Progress): Promise<Dialog>
  createB2BUA(request: Request, response: Response, uri: string, options: object): Promise<{ uas: Dialog; uac: Dialog }>
}

export type ConnectedApp = AsyncDisposable & {
  readonly srf: App
  /** Ends the connection, as a crash would. */
  vanish(): void
}

/** A real drachtio-srf application, connected to the server under test. `prepare` sets its handlers. */
export async function connectApp(
  server: Pick<SipServer, 'admin'>,
  prepare: (srf: App) => void = () => {},
): Promise<ConnectedApp> {
  const srf = new Srf() as unknown as App
  srf.on('error', () => {})
  prepare(srf)
  srf.connect({ host: server.admin.host, port: server.admin.port, secret })
  await once(srf, 'connect')
  let connected = true
  const vanish = () => {
    if (connected) srf.disconnect()
    connected = false
  }
  return {
    srf,
    vanish,
    async [Symbol.asyncDispose]() {
      vanish()
    },
  }
}
