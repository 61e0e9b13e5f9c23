#!/usr/bin/env node
import { pino } from 'pino'
import { configFromEnvironment } from './config/environment.ts'
import { openSipServer } from './sip-server.ts'

/** `ringdown-sip`: the server as a process. Logs JSON lines; `ready` is the line to wait for. */
const log = pino({ name: 'sip', level: process.env.RINGDOWN_SIP_LOG_LEVEL || 'info' })

try {
  const config = configFromEnvironment(process.env)
  const server = await openSipServer(config, log)
  log.info({ listeners: server.listeners, admin: server.admin, ops: server.ops }, 'ready')
  const stop = async (signal: NodeJS.Signals) => {
    log.info({ signal, drainMs: config.drainMs }, 'stopping')
    if (config.drainMs > 0) await Promise.race([server.drain(config.drainMs), again(signal)])
    await server[Symbol.asyncDispose]()
    process.exit(0)
  }
  process.on('SIGHUP', () => {
    server.reloadCertificates().then(
      () => log.info('certificates read again'),
      (error) => log.error({ err: error }, 'certificates not read again: the old ones stay'),
    )
  })
  // The second signal does not wait for the calls that the first one lets go on.
  const again = (signal: NodeJS.Signals) => new Promise((resolve) => process.once(signal, resolve))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
