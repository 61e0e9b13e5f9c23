import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort, startPostgres, startRedis } from '@ringdown/db/embedded'
import { synthesisePrompts } from '@ringdown/ivr/prompts/synthesise'

/** Spoken once and kept, as long as their texts stay the same. */
const promptDir = join(import.meta.dirname, '../.cache/prompts')

/**
 * One PostgreSQL and one Redis for the whole run of the system tests; vitest calls this only when such tests are to run.
 *
 * Tests find them in RINGDOWN_TEST_DATABASE_URL (a superuser: every test file makes a database of its own) and
 * RINGDOWN_TEST_REDIS_URL (every test file takes a key prefix or database of its own), and the audio of all prompts in
 * RINGDOWN_TEST_PROMPT_DIR.
 */
export default async function startServers(): Promise<() => Promise<void>> {
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-test-'))
  const password = randomBytes(18).toString('base64url')
  const [postgres, redis] = await Promise.all([
    startPostgres({ dataDir: join(dir, 'postgres'), port: await freePort(), password, durable: false }),
    startRedis({ dataDir: join(dir, 'redis'), port: await freePort(), password, durable: false }),
    synthesisePrompts(promptDir),
  ])
  process.env.RINGDOWN_TEST_DATABASE_URL = postgres.url
  process.env.RINGDOWN_TEST_REDIS_URL = redis.url
  process.env.RINGDOWN_TEST_PROMPT_DIR = promptDir
  return async () => {
    await Promise.all([postgres[Symbol.asyncDispose](), redis[Symbol.asyncDispose]()])
    await rm(dir, { recursive: true, force: true })
  }
}
