import { pino } from 'pino'
import { readConfig } from './config.ts'
import { startGateway } from './start-gateway.ts'

/** Closing waits this long for calls to end and the ledger to be written. */
const CLOSING_MS = 8_000

const log = pino({ name: 'gateway' })
try {
  const config = readConfig(process.env)
  log.level = config.logLevel
  const gateway = await startGateway(config, log)
  log.info({ gatewayId: config.gatewayId, httpPort: gateway.httpPort }, 'ready')
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      setTimeout(() => process.exit(1), CLOSING_MS).unref()
      void gateway[Symbol.asyncDispose]().then(() => process.exit(0))
    })
  }
} catch (error) {
  log.fatal({ err: error }, inWords(error))
  process.exit(1)
}

function inWords(error: unknown): string {
  const { code, port, message } = error as { code?: string; port?: number; message: string }
  return code === 'EADDRINUSE' ? `port ${port} is taken; choose another one with RINGDOWN_HTTP_PORT` : message
}
