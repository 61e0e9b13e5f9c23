import { type JobName, jobs } from '@ringdown/core/contract'
import { connect } from '@ringdown/db/postgres'
import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { handlers } from './jobs/index.ts'
import type { JobHandler, Workshop } from './jobs/job-handler.ts'
import { createMetrics } from './ops/metrics.ts'
import { openOps } from './ops/server.ts'
import { startRelay } from './outbox/relay.ts'
import { startForgetting } from './retention/forget-decisions.ts'

export type Workers = AsyncDisposable & { opsPort: number }

const JOB_NAMES = Object.keys(jobs) as JobName[]
const RETRY = { attempts: 8, backoff: { type: 'exponential' as const, delay: 500 } }

/** Starts the relay and one BullMQ worker per job; disposing finishes what runs and closes all. */
export async function startWorkers(config: Config, log: Logger): Promise<Workers> {
  await using stack = new AsyncDisposableStack()
  const sql = stack.adopt(connect(config.databaseUrl, { applicationName: 'ringdown-workers' }), (s) =>
    s.end({ timeout: 5 }),
  )
  await sql`select 1`
  const redis = stack.adopt(new Redis(config.redisUrl, { maxRetriesPerRequest: null }), (r) => r.disconnect())
  redis.on('error', (error) => log.warn({ err: error }, 'redis'))
  await redis.ping()

  const metrics = createMetrics()
  const { recordingDir, recordingKeys } = config
  const shop: Workshop = { sql, recordingDir, recordingKeys, log, clock: Date.now }
  const queues = new Map(JOB_NAMES.map((name) => [name, stack.adopt(new Queue(name, shared()), (q) => q.close())]))
  for (const name of JOB_NAMES) stack.adopt(openWorker(name), (w) => w.close())

  stack.use(
    await startRelay({
      sql,
      log,
      clock: Date.now,
      async add(list) {
        for (const { name, id, data } of list) await queues.get(name)?.add(name, data, { jobId: id, ...RETRY })
      },
    }),
  )
  stack.use(startForgetting({ sql, log, clock: Date.now }))
  const ops = stack.use(await openOps(config, metrics.registry))
  const running = stack.move()
  return { opsPort: ops.port, [Symbol.asyncDispose]: () => running.disposeAsync() }

  function shared() {
    return {
      connection: redis,
      prefix: config.redisPrefix,
      defaultJobOptions: { removeOnComplete: { age: 3_600, count: 1_000 }, removeOnFail: { age: 14 * 86_400 } },
    }
  }

  function openWorker<K extends JobName>(name: K): Worker {
    const handler = handlers[name] as unknown as JobHandler<K>
    const run = async (data: unknown) => handler(jobs[name].parse(data) as never, shop)
    const worker = new Worker(name, (job) => run(job.data), {
      connection: redis,
      prefix: config.redisPrefix,
      concurrency: config.concurrency,
    })
    worker.on('completed', () => metrics.jobs.inc({ job: name, result: 'done' }))
    worker.on('failed', (job, error) => {
      metrics.jobs.inc({ job: name, result: 'failed' })
      log.error({ err: error, job: name, jobId: job?.id, attempt: job?.attemptsMade }, 'job failed')
    })
    worker.on('error', (error) => log.warn({ err: error, job: name }, 'worker'))
    return worker
  }
}
