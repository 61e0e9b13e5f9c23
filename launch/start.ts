import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres, startRedis } from '@ringdown/db/embedded'
import { findStalePrompts, synthesisePrompts } from '@ringdown/ivr/prompts/synthesise'
import { buildUi } from './build-ui.ts'
import { card } from './card.ts'
import { checkPorts } from './check-ports.ts'
import { checkRedis } from './check-redis.ts'
import { claimDataFolder } from './claim-data-folder.ts'
import { embeddedService } from './embedded-service.ts'
import { nodeService } from './node-service.ts'
import { fillDatabase, migrateDatabase, withDatabase } from './prepare-database.ts'
import {
  databaseUrl,
  environmentOf,
  mainScripts,
  type Plan,
  type ProcessName,
  portClaims,
  promptDir,
  recordingDir,
  redisUrl,
  wantedProcesses,
} from './process-plan.ts'
import { createProgress, type Note } from './progress.mjs'
import { Refusal } from './refusal.ts'
import { readSecrets } from './secrets.ts'
import { readEnvironment, readSettings } from './settings.ts'
import { stopLeftovers } from './stop-leftovers.ts'
import { Supervisor } from './supervisor.ts'
import { installSystemPackages, missingPackages, systemPackages } from './system-packages.ts'
import { watchSources } from './watch-sources.ts'

/** `npm start`: brings everything up in order, shows the card, and keeps it running until it is told to stop. */
const root = join(import.meta.dirname, '..')
const progress = createProgress(process.stdout, Number(process.env.RINGDOWN_STARTED_AT) || Date.now())
const { colour, line, step } = progress
const supervisor = new Supervisor({ say: (text) => line(`  ${colour.warn('!')} ${text.replaceAll('\n', '\n    ')}`) })
let release: () => void = () => undefined

/** Signals that come together are one: a terminal sends Ctrl-C to all of us, and npm repeats it. */
const togetherMs = 500
let stoppingSince: number | undefined

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void requestStop())
process.once('disconnect', () => void requestStop())
process.channel?.unref()

try {
  await start(readOptions())
} catch (error) {
  if (stoppingSince === undefined) {
    line(`\n  ${explain(error).replaceAll('\n', '\n  ')}\n`)
    await supervisor.stop()
    release()
    process.exit(1)
  }
}

async function start({ empty, dev }: Options): Promise<void> {
  const env = readEnvironment(root)
  const settings = readSettings(env)
  const { dataDir } = settings
  const logFile = (name: string) => join(dataDir, 'logs', `${name}.log`)

  const stalePrompts = await findStalePrompts(promptDir(settings))
  await step('System', (note) => prepareSystem({ redis: !settings.redisUrl, espeak: stalePrompts.length > 0 }, note))
  release = claimDataFolder(dataDir)
  const secrets = readSecrets(dataDir)
  await stopLeftovers(dataDir)
  await checkPorts(portClaims({ ...settings, dev }))
  const plan: Plan = { root, settings, secrets, env, demo: false }

  await step('Database', async (note) => {
    if (settings.databaseUrl) return withDatabase(settings.databaseUrl, async () => note('yours, by DATABASE_URL'))
    note('PostgreSQL')
    const options = { dataDir: join(dataDir, 'postgres'), port: settings.postgresPort, password: secrets.postgres }
    await supervisor.start(
      embeddedService('database', logFile('postgres'), (onLog) => startPostgres({ ...options, onLog })),
    )
    note(`PostgreSQL on port ${settings.postgresPort}`)
  })
  await step('Redis', async (note) => {
    if (settings.redisUrl) return note(`yours, ${await checkRedis(settings.redisUrl)}, by REDIS_URL`)
    const options = { dataDir: join(dataDir, 'redis'), port: settings.redisPort, password: secrets.redis }
    await supervisor.start(embeddedService('redis', logFile('redis'), (onLog) => startRedis({ ...options, onLog })))
    note(`on port ${settings.redisPort}, ${await checkRedis(redisUrl(plan))}`)
  })
  const installation = await withDatabase(databaseUrl(plan), async (sql) => {
    await step('Migrations', (note) => migrateDatabase(sql, note))
    return step('Demo data', (note) => fillDatabase(sql, { empty, recordingDir: recordingDir(settings) }, note))
  })
  plan.demo = installation.demo

  await step('Prompts', async (note) => {
    const { made } = await synthesisePrompts(promptDir(settings), (done, total) => note(`speaking ${done} of ${total}`))
    note(made === 0 ? 'up to date' : `${made} spoken, Chinese and English`)
  })
  await step('Pages', async (note) => {
    if (dev) return note(`hot reload on port ${settings.uiDevPort}`)
    note('building')
    note((await buildUi(root)) ? 'built' : 'up to date')
  })
  await step('Servers', async (note) => {
    const wanted = wantedProcesses(settings)
    const launch = (names: ProcessName[]) =>
      Promise.all(
        names.map((name) => {
          const script = join(root, mainScripts[name])
          return supervisor.start(
            nodeService({ name, args: [script], cwd: root, env: environmentOf(name, plan), logFile: logFile(name) }),
          )
        }),
      )
    note(`starting ${wanted.join(', ')}`)
    await launch(wanted.filter((name) => name === 'sip' || name === 'media'))
    await launch(wanted.filter((name) => name === 'gateway' || name === 'workers'))
    if (dev) await startDevPages(plan, logFile('pages'))
    note(wanted.join(', '))
  })

  if (stoppingSince !== undefined) return
  if (dev) watchSources(root, (names) => names.forEach((name) => void supervisor.restart(name)))
  line(card({ settings, installation, setupCode: secrets.setup, dev, tookMs: Date.now() - progress.startedAt }, colour))
}

async function prepareSystem({ redis, espeak }: { redis: boolean; espeak: boolean }, note: Note): Promise<void> {
  const wanted = [...(redis ? [systemPackages.redis] : []), ...(espeak ? [systemPackages.espeak] : [])]
  const missing = missingPackages(wanted)
  if (missing.length > 0) await installSystemPackages(missing, note)
  note(missing.length > 0 ? `${missing.map(({ name }) => name).join(', ')} installed` : 'complete')
}

/** Vite serves the pages from their sources and hands API and sockets on to the gateway. */
function startDevPages({ settings, env }: Plan, logFile: string): Promise<void> {
  const vite = join(root, 'node_modules/vite/bin/vite.js')
  const args = [vite, '--port', String(settings.uiDevPort), '--strictPort']
  const isReady = (text: string) => text.includes('ready in')
  return supervisor.start(
    nodeService({
      name: 'pages',
      args,
      cwd: join(root, 'agent-ui'),
      env: { ...env, RINGDOWN_HTTP_PORT: String(settings.httpPort), NO_COLOR: '1' },
      logFile,
      isReady,
    }),
  )
}

async function requestStop(): Promise<void> {
  if (stoppingSince !== undefined) {
    if (Date.now() - stoppingSince < togetherMs) return
    supervisor.kill()
    release()
    process.exit(130)
  }
  stoppingSince = Date.now()
  line(`\n  ${colour.dim('Stopping; Ctrl-C again stops at once.')}`)
  await supervisor.stop()
  release()
  line(`  ${colour.dim('Stopped.')}\n`)
  process.exit(0)
}

type Options = { empty: boolean; dev: boolean }

function readOptions(): Options {
  try {
    const { values } = parseArgs({ options: { empty: { type: 'boolean' }, dev: { type: 'boolean' } } })
    return { empty: values.empty ?? false, dev: values.dev ?? false }
  } catch (error) {
    throw new Refusal(`${(error as Error).message}\nUsage: npm start [-- --empty]`)
  }
}

/** What the user can put right needs no stack; anything else is a bug, and its stack is wanted. */
function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error instanceof Refusal ? colour.bad(error.message) : (error.stack ?? error.message)
}
