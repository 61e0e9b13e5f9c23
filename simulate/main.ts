import { readFile, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { changeRules, RuleChanges } from './change-rules.ts'
import type { Day } from './day.ts'
import { figuresOf } from './figures.ts'
import { figuresTable } from './figures-table.ts'
import { generateDay } from './generate-day.ts'
import { plainQueue } from './plain-queue.ts'
import { seededChance } from './random.ts'
import { readPastDay } from './read-past-day.ts'
import { runDay } from './run-day.ts'

/**
 * `npm run simulate -- --day 2026-11-20 --rules rules.json`
 * `npm run simulate -- --calls 200 --agents 12 [--hours 8] [--handle 180] [--patience 120]`
 */
const number = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    day: { type: 'string' },
    rules: { type: 'string' },
    seed: { ...number, default: '1' },
    calls: { ...number, default: '120' },
    hours: { ...number, default: '8' },
    agents: { ...number, default: '8' },
    handle: { ...number, default: '180' },
    patience: { ...number, default: '120' },
    json: { type: 'string' },
  },
})
const seed = Number(values.seed)
const changes = RuleChanges.parse(values.rules ? JSON.parse(await readFile(values.rules, 'utf8')) : {})

const past = values.day ? await readPastDay(values.day, seededChance(seed)) : undefined
const today = past?.day ?? made()
const changed = changeRules(today, changes)
// the same callers with the same chance, so that what differs is the rules
const startedAt = performance.now()
const [before, after] = [today, changed].map((day) => ({ day, outcome: runDay(day, seededChance(seed + 1)) }))
const tookMs = performance.now() - startedAt

const queues = [undefined, ...(today.queues.length > 1 ? today.queues.map(({ key }) => key) : [])]
const tables = queues.map((key) => ({ queue: key ?? null, columns: columnsOf(key) }))
console.log(
  `${today.arrivals.length} callers, ${today.agents.length} agents, simulated twice in ${tookMs.toFixed(0)} ms`,
)
for (const { queue, columns } of tables) {
  if (queue && columns[0]?.figures.offered === 0) continue
  console.log(`\n${queue ?? 'all queues'}\n${figuresTable(columns)}`)
}
if (values.json) await writeFile(values.json, `${JSON.stringify({ values, changes, tables }, null, 2)}\n`)

function columnsOf(key: string | undefined) {
  const of = ({ day, outcome }: NonNullable<typeof before>) =>
    figuresOf(
      outcome,
      day.queues,
      day.queues.find((queue) => queue.key === key),
    )
  return [
    ...(past ? [{ name: 'as it was', figures: asItWas(key) }] : []),
    { name: "today's rules", figures: of(before!) },
    ...(values.rules ? [{ name: 'changed', figures: of(after!) }] : []),
  ]
}

/** The ledger's own figures; occupancy is not among them. */
function asItWas(key: string | undefined) {
  const stays = (past?.stays ?? []).map((stay) => ({
    ...stay,
    agentId: null,
    outcome: stay.outcome === 'short_abandoned' ? ('abandoned' as const) : stay.outcome,
  }))
  const known = stays.filter(
    (stay): stay is typeof stay & { outcome: 'answered' | 'abandoned' | 'timed_out' } =>
      stay.outcome === 'answered' || stay.outcome === 'abandoned' || stay.outcome === 'timed_out',
  )
  return figuresOf(
    { stays: known, busyMs: 0, idleMs: 0 },
    today.queues,
    today.queues.find((queue) => queue.key === key),
  )
}

function made(): Day {
  const seconds = (text: string) => Number(text) * 1000
  return generateDay(
    {
      queue: plainQueue('queue'),
      callsPerHour: Number(values.calls),
      hours: Number(values.hours),
      agents: Number(values.agents),
      handleMs: seconds(values.handle),
      patienceMs: seconds(values.patience),
    },
    seededChance(seed),
  )
}
