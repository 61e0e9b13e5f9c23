import { pino } from 'pino'
import { MediaConfig, type MediaSettings, settingName } from './config.ts'
import { TickEngine } from './engine.ts'
import { MetricsServer } from './metrics.ts'
import { MusicLibrary } from './prompts/music-library.ts'
import { PromptLibrary } from './prompts/prompt-library.ts'
import type { MediaContext } from './rpc/handler.ts'
import { Owners } from './rpc/owners.ts'
import { RpcServer } from './rpc/rpc-server.ts'
import { PortPool } from './rtp/ports.ts'
import { Switchboard } from './switchboard.ts'

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
  const engine = new TickEngine((error) => log.error({ err: error }, 'a tick failed'))
  const switchboard = new Switchboard(engine)
  const owners = new Owners(config.ownerGraceMs, (owner) => {
    log.info({ owner }, 'owner gone')
    switchboard.closeOwned(owner, 'owner_gone').catch((error) => log.error({ err: error }, 'closing failed'))
  })
  const prompts = new PromptLibrary(config.promptDir, config.promptCacheBytes)
  const context: MediaContext = {
    config,
    engine,
    switchboard,
    owners,
    prompts,
    music: new MusicLibrary(prompts),
    ports: new PortPool(config.rtpPorts, config.portRestMs),
    startedAt: Date.now(),
    log,
  }
  const rpc = new RpcServer(context)
  const metrics = new MetricsServer(context)
  const close = async () => {
    engine.stop()
    await switchboard.closeAll()
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
    engine.start()
    log.info({ rpcPort, metricsPort, rtpPorts: config.rtpPorts, host: config.host }, 'ready')
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
