import { pino } from 'pino'
import { readConfig } from './config.ts'
import { startWorkers } from './start-workers.ts'

const log = pino({ name: 'workers' })
try {
  const config = readConfig(process.env)
  log.level = config.logLevel
  const workers = await startWorkers(config, log)
  log.info({ metricsPort: workers.opsPort }, 'ready')
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void workers[Symbol.asyncDispose]().then(() => process.exit(0)))
  }
} catch (error) {
  log.fatal({ err: error }, portTaken(error) ?? (error as Error).message)
  process.exit(1)
}

function portTaken(error: unknown): string | undefined {
  const { code, port } = error as { code?: string; port?: number }
  return code === 'EADDRINUSE'
    ? `port ${port} is taken; choose another one with RINGDOWN_WORKERS_METRICS_PORT`
    : undefined
}
