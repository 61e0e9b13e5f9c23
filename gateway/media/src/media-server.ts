import { pino } from 'pino'
import { MediaConfig, type MediaSettings, settingName } from './config.ts'
import { Exchange } from './exchange/exchange.ts'
import { MetricsServer } from './metrics.ts'
import { AlarmCount } from './rpc/alarms.ts'
import { Owners } from './rpc/owners.ts'
import { RpcServer } from './rpc/rpc-server.ts'
import type { ServerContext } from './rpc/server-context.ts'

/** A running media server. */
export type MediaServer = AsyncDisposable & {
  rpcPort: number
  metricsPort: number
  /** Finishes recordings, closes legs and sockets. */
  close(): Promise<void>
}

/**
 * Starts a media server. Throws a ZodError for wrong settings, and an Error that names port and setting when a port is
 * taken.
 */
export async function startMediaServer(settings: MediaSettings): Promise<MediaServer> {
  const config = MediaConfig.parse(settings)
  const log = pino({ name: 'ringdown-media', level: config.logLevel })
  const owners = new Owners(config.ownerGraceMs, (owner) => {
    log.info({ owner }, 'owner gone')
    exchange.closeOwned(owner).catch((error) => log.error({ err: error }, 'closing failed'))
  })
  const alarms = new AlarmCount()
  const exchange = new Exchange({
    config,
    log,
    emitTo: (owner) => alarms.counting(owners.emitTo(owner)),
    isExpected: (owner) => owners.has(owner),
  })
  const context: ServerContext = { config, exchange, owners, alarms, startedAt: Date.now(), log }
  const rpc = new RpcServer(context)
  const metrics = new MetricsServer(context)
  const close = async () => {
    await exchange.close()
    owners.close()
    await Promise.all([rpc.close(), metrics.close()])
  }
  try {
    const rpcPort = await listening('rpcPort', config.rpcPort, rpc.listen(config.rpcHost, config.rpcPort))
    const metricsPort = await listening(
      'metricsPort',
      config.metricsPort,
      metrics.listen(config.metricsHost, config.metricsPort),
    )
    await exchange.ready()
    log.info({ rpcPort, metricsPort, rtpPorts: config.rtpPorts, host: config.host, threads: config.threads }, 'ready')
    return { rpcPort, metricsPort, close, [Symbol.asyncDispose]: close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Turns a taken port into a sentence. */
async function listening(key: string, port: number, bound: Promise<number>): Promise<number> {
  try {
    return await bound
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new Error(`port ${port} is taken: free it or set ${settingName(key)} to another port`)
  }
}
