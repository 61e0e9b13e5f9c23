import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesisePrompts } from '@ringdown/ivr/prompts/synthesise'
import { buildUi } from './build-ui.ts'
import { createProgress, type Note } from './progress.mjs'
import { Refusal } from './refusal.ts'
import { installSystemPackages, missingPackages, systemPackages } from './system-packages.ts'
import { type Tally, tallyOf } from './tally.ts'

/**
 * `npm test`: installs what the tests need, checks style and types, runs every test. Arguments go to vitest, and then
 * only vitest runs: `npm test -- --project rules gateway/sip`.
 *
 * The last line alone says how many checks and tests passed and failed; the exit code says whether all did.
 */
const root = join(import.meta.dirname, '..')
const promptDir = join(root, '.cache/prompts')
const progress = createProgress(process.stdout, Number(process.env.RINGDOWN_STARTED_AT) || Date.now())
const { line, step } = progress
const vitestArgs = process.argv.slice(2)

let running: ReturnType<typeof spawn> | undefined
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => running?.kill('SIGTERM'))
process.once('disconnect', () => running?.kill('SIGTERM'))
process.channel?.unref()

try {
  await prepare()
  const tallies: Tally[] = vitestArgs.length > 0 ? [] : [await check('Style', 'lint'), await check('Types', 'types')]
  line()
  tallies.push(await runVitest())
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0)
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0)
  line(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
} catch (error) {
  const known = error instanceof Refusal
  line(`\n  ${(known ? error.message : String((error as Error).stack)).replaceAll('\n', '\n  ')}\n`)
  line('0 passed, 1 failed')
  process.exitCode = 1
}

async function prepare(): Promise<void> {
  await step('System', async (note) => {
    const missing = missingPackages(Object.values(systemPackages))
    if (missing.length > 0) await installSystemPackages(missing, note)
    note(missing.length > 0 ? `${missing.map(({ name }) => name).join(', ')} installed` : 'complete')
  })
  await step('Prompts', async (note) => {
    const { made } = await synthesisePrompts(promptDir, (done, total) => note(`speaking ${done} of ${total}`))
    note(made === 0 ? 'up to date' : `${made} spoken`)
  })
  await step('Pages', async (note) => {
    note('building')
    note((await buildUi(root)) ? 'built' : 'up to date')
  })
}

/** Runs one of the package's scripts and shows what it found only when it found something. */
async function check(name: string, script: string): Promise<Tally> {
  let output = ''
  const run = async (note: Note) => {
    note('checking')
    const child = start('npm', ['run', '--silent', script], 'pipe')
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
    if ((await ended(child)) !== 0) throw new Refusal(output)
    note('no faults')
  }
  try {
    await step(name, run)
    return { passed: 1, failed: 0 }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    line(`\n${output.trimEnd()}\n`)
    return { passed: 0, failed: 1 }
  }
}

async function runVitest(): Promise<Tally> {
  const dir = mkdtempSync(join(tmpdir(), 'ringdown-tests-'))
  const report = join(dir, 'report.json')
  try {
    const script = join(root, 'node_modules/vitest/vitest.mjs')
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
    const code = await ended(start(process.execPath, [script, 'run', ...reporters, ...vitestArgs], 'inherit'))
    return tallyOf(readReport(report), code)
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

function readReport(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined // vitest did not come so far
  }
}

function start(file: string, args: string[], output: 'pipe' | 'inherit') {
  running = spawn(file, args, { cwd: root, stdio: ['ignore', output, output], env: process.env })
  return running
}

function ended(child: ReturnType<typeof spawn>): Promise<number> {
  return new Promise((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)))
}
