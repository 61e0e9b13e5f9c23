import { EventEmitter, once } from 'node:events'
import Srf from 'drachtio-srf'
import type { Logger } from 'pino'

/** The connection to the SIP server: ours, or a drachtio-server. */
export type SipConnection = AsyncDisposable & {
  readonly srf: Srf
  readonly connected: boolean
  /** How often it has broken: what was begun at another count belongs to a server that may be gone. */
  readonly losses: number
  /** `lost` each time it breaks, `back` each time it stands again. */
  readonly changes: EventEmitter<{ lost: []; back: [] }>
  /** Resolves as soon as it stands, with false if the signal comes first. */
  stands(signal: AbortSignal): Promise<boolean>
}

/**
 * Connects to the SIP server and stays connected: a lost connection is built up again, with growing pauses of at most
 * five seconds. Resolves once the first one stands, rejects when the SIP server does not know our secret.
 */
export async function connectSip(
  { host, port, secret }: { host: string; port: number; secret: string },
  log: Logger,
): Promise<SipConnection> {
  const srf = new Srf()
  let connected = false
  let closing = false
  let losses = 0
  const changes = new EventEmitter<{ lost: []; back: [] }>().setMaxListeners(0)
  const emitter = srf as NodeJS.EventEmitter
  const first = new Promise<void>((resolve, reject) => {
    emitter.on('connect', (error: unknown, hostPort: string) => {
      if (error) {
        log.error({ err: error, host, port }, 'the SIP server refused us')
        reject(new Error(`the SIP server at ${host}:${port} refused us: check the secret in DRACHTIO_URL`))
        return
      }
      // An attempt that was under way when we closed.
      if (closing) return srf.disconnect()
      connected = true
      log.info({ host, port, listens: hostPort }, 'connected to the SIP server')
      resolve()
      changes.emit('back')
    })
  })
  const lost = () => {
    if (!connected) return
    connected = false
    losses += 1
    if (!closing) changes.emit('lost')
  }
  emitter.on('error', (error: unknown) => {
    lost()
    if (!closing) log.warn({ err: error, host, port }, 'no connection to the SIP server; trying again')
  })
  emitter.on('close', lost)
  // What its types leave out: reconnect options; without a limit the pauses would grow for ever.
  const options = { host, port, secret, reconnect: { retryMaxDelay: 5000 }, enablePing: true, pingInterval: 15_000 }
  srf.connect(options)?.catch?.(() => undefined)
  try {
    await first
  } catch (error) {
    closing = true
    srf.disconnect()
    throw error
  }
  return {
    srf,
    get connected() {
      return connected
    },
    get losses() {
      return losses
    },
    changes,
    stands: async (signal) =>
      connected ||
      once(changes, 'back', { signal }).then(
        () => true,
        () => false,
      ),
    async [Symbol.asyncDispose]() {
      closing = true
      if (connected) srf.disconnect()
      else stopTrying(srf)
    },
  }
}

/** srf can only disconnect what is connected; otherwise it would try again for ever. */
function stopTrying(srf: Srf): void {
  const { wp } = (srf as unknown as { _app: { client: { wp: { closing: boolean } } } })._app.client
  wp.closing = true
}
