#!/usr/bin/env node
import { pino } from 'pino'
import { configFromEnvironment } from './config/environment.ts'
import { openSipServer } from './sip-server.ts'

/** `ringdown-sip`: the server as a process. Logs JSON lines; `ready` is the line to wait for. */
const log = pino({ name: 'sip', level: process.env.RINGDOWN_SIP_LOG_LEVEL || 'info' })

try {
  const server = await openSipServer(configFromEnvironment(process.env), log)
  log.info({ listeners: server.listeners, admin: server.admin, ops: server.ops }, 'ready')
  const stop = async (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping')
    await server[Symbol.asyncDispose]()
    process.exit(0)
  }
  process.on('SIGHUP', () => {
    server.reloadCertificates().then(
      () => log.info('certificates read again'),
      (error) => log.error({ err: error }, 'certificates not read again: the old ones stay'),
    )
  })
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  log.fatal(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
