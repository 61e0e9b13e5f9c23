import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const sources = ['agent-ui', 'core/src', 'package-lock.json']
const ignored = new Set(['node_modules', 'dist'])

/**
 * Builds the pages into agent-ui/dist, unless they were built from the very sources that are there now. The finished
 * build is moved into place, so a page being served never finds half of it.
 *
 * @returns whether there was something to do. Rejects with the build's own words when it fails.
 */
export async function buildUi(root: string): Promise<boolean> {
  const fingerprint = hashSources(root)
  const dist = join(root, 'agent-ui/dist')
  const stamp = join(dist, '.built-from')
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return false

  const fresh = join(root, 'node_modules/.cache', `ringdown-ui-${process.pid}`)
  mkdirSync(fresh, { recursive: true })
  try {
    await vite(root, ['build', '--outDir', fresh, '--emptyOutDir'])
    writeFileSync(join(fresh, '.built-from'), fingerprint)
    const old = `${fresh}-old`
    if (existsSync(dist)) renameSync(dist, old)
    renameSync(fresh, dist)
    rmSync(old, { recursive: true, force: true })
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
  return true
}

async function vite(root: string, args: string[]): Promise<void> {
  const script = join(root, 'node_modules/vite/bin/vite.js')
  const child = spawn(process.execPath, [script, ...args], {
    ...{ cwd: join(root, 'agent-ui'), stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NO_COLOR: '1' } },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk))
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
  if (code !== 0) throw new Error(`The pages could not be built:\n${output.trim().split('\n').slice(-20).join('\n')}`)
}

function hashSources(root: string): string {
  const hash = createHash('sha256')
  const add = (path: string) => {
    hash.update(`${path}\0`)
    hash.update(readFileSync(join(root, path)))
  }
  const walk = (folder: string) => {
    const entries = readdirSync(join(root, folder), { withFileTypes: true })
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (ignored.has(entry.name)) continue
      const path = join(folder, entry.name)
      if (entry.isDirectory()) walk(path)
      else add(path)
    }
  }
  for (const source of sources) source.endsWith('.json') ? add(source) : walk(source)
  return hash.digest('hex')
}
