import type { Express } from 'express'
import type { Foundation } from '../foundation.ts'
import type { Metrics } from './metrics.ts'

type Check = { name: string; fine(): Promise<boolean> }

/** How long one check may take before it counts as failed. */
const CHECK_MS = 2_000

/**
 * /healthz: the process lives. /readyz: everything it needs answers, 503 and the names of what does not otherwise.
 * /metrics is for this machine's own network; put a proxy in front that hides it from the internet.
 */
export function bindOps(app: Express, metrics: Metrics, checks: readonly Check[]): void {
  app.get('/healthz', (_req, res) => void res.json({ ok: true }))
  app.get('/readyz', async (_req, res) => {
    const failed: string[] = []
    await Promise.all(checks.map(async (check) => (await isFine(check)) || failed.push(check.name)))
    res.status(failed.length === 0 ? 200 : 503).json({ ok: failed.length === 0, failed })
  })
  app.get('/metrics', async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics())
  })
}

async function isFine(check: Check): Promise<boolean> {
  const late = new Promise<boolean>((done) => setTimeout(done, CHECK_MS, false).unref())
  return Promise.race([check.fine().catch(() => false), late])
}

/** What a gateway cannot work without. */
export const readinessChecks = (
  { sql, redis }: Pick<Foundation, 'sql' | 'redis'>,
  sip: () => boolean,
  media: () => boolean,
): Check[] => [
  { name: 'postgres', fine: async () => (await sql`select 1`).length === 1 },
  { name: 'redis', fine: async () => (await redis.ping()) === 'PONG' },
  { name: 'sip', fine: async () => sip() },
  { name: 'media', fine: async () => media() },
]
