// The one file that runs before anything is installed: plain JavaScript, no dependencies, any Node since 20.
//
//   node launch/bootstrap.mjs start [--empty] [--dev]
//   node launch/bootstrap.mjs test [vitest arguments]
//
// It installs the npm packages when they are missing or out of date and hands over to the same command in TypeScript,
// run by the Node 24 that is one of those packages.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createProgress } from './progress.mjs'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const modules = join(root, 'node_modules')
const stamp = join(modules, '.ringdown-lock')
const commands = { start: 'launch/start.ts', test: 'launch/test.ts' }

const [command, ...rest] = process.argv.slice(2)
const startedAt = Date.now()
const progress = createProgress(process.stdout, startedAt)

try {
  const script = commands[command]
  if (!script) refuse(`Unknown command '${command ?? ''}': use npm start or npm test.`)
  if (major(process.versions.node) < 20) {
    refuse(
      `Ringdown needs Node.js 20 or newer to start; this is ${process.version}. See https://nodejs.org/en/download`,
    )
  }
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version
  progress.line(`\n  ${progress.colour.bold('Ringdown')} ${progress.colour.dim(version)}\n`)
  await progress.step('Packages', installPackages)
  process.exitCode = await handOver(runtime(), [join(root, script), ...rest])
} catch (error) {
  progress.line(`\n  ${String(error.message).replaceAll('\n', '\n  ')}\n`)
  process.exitCode = 1
}

async function installPackages(note) {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (isInstalled(lock)) return note('up to date')
  note('installing from the npm registry')
  const { code, output } = await run(npm(), ['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) {
    refuse(
      `npm could not install the packages:\n\n${output.trim()}\n\nCheck the network and the npm registry, then try again.`,
    )
  }
  writeFileSync(stamp, lock)
  note('installed')
}

/** By our own stamp; after an install by hand, by npm's own record being newer than the lock file. */
function isInstalled(lock) {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return true
  const record = join(modules, '.package-lock.json')
  if (!existsSync(record)) return false
  if (statSync(record).mtimeMs < statSync(join(root, 'package-lock.json')).mtimeMs) return false
  writeFileSync(stamp, lock)
  return true
}

/** The npm that started us, else the one on the PATH. */
function npm() {
  const { npm_execpath: script } = process.env
  return script?.endsWith('.js') ? [process.execPath, script] : ['npm']
}

async function run([file, ...first], args) {
  const child = spawn(file, [...first, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve) => {
    child.once('error', (error) => {
      output += error.message
      resolve(1)
    })
    child.once('close', resolve)
  })
  return { code, output }
}

/** Node 24 from npm where there is one (Linux x64 and arm64), else the present Node when it is new enough. */
function runtime() {
  const installed = join(modules, '.bin/node')
  if (existsSync(installed)) return installed
  if (major(process.versions.node) >= 24) return process.execPath
  return refuse(
    `No Node.js 24 comes as a package for ${process.platform} ${process.arch}, and this is ${process.version}.\n` +
      'Install Node.js 24 or newer (https://nodejs.org/en/download) and run the same command again.',
  )
}

/**
 * Runs the command and passes signals on. The IPC channel tells it when this process is gone without a word; a terminal
 * sends Ctrl-C to all of us and npm repeats it, so the command counts those that come together as one.
 */
async function handOver(node, args) {
  const env = {
    ...process.env,
    PATH: `${join(modules, '.bin')}:${process.env.PATH}`,
    RINGDOWN_STARTED_AT: String(startedAt),
  }
  const child = spawn(node, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  process.on('SIGHUP', () => child.kill('SIGTERM'))
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve(code ?? (signal === 'SIGINT' ? 130 : 143)))
  })
}

function major(version) {
  return Number(version.split('.')[0])
}

function refuse(message) {
  throw new Error(message)
}
