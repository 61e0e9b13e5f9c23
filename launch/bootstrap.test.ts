import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'

let root: string

/** A checkout of nothing but the bootstrap, with an npm that installs a runtime which says what it was asked to run. */
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ringdown-bootstrap-'))
  mkdirSync(join(root, 'launch'))
  for (const name of ['bootstrap.mjs', 'progress.mjs']) {
    copyFileSync(join(import.meta.dirname, name), join(root, 'launch', name))
  }
  writeFileSync(join(root, 'package.json'), '{"version":"1.2.3"}')
  writeFileSync(join(root, 'package-lock.json'), '{}')
  mkdirSync(join(root, 'bin'))
  npm(
    'mkdir -p node_modules/.bin && printf \'#!/bin/sh\\necho "ran $*"; exit 7\\n\' > node_modules/.bin/node && chmod +x node_modules/.bin/node',
  )
})

function npm(body: string): void {
  writeFileSync(join(root, 'bin/npm'), `#!/bin/sh\necho "$@" >> npm.log\n${body}\n`)
  chmodSync(join(root, 'bin/npm'), 0o755)
}

function bootstrap(...args: string[]) {
  const { npm_execpath: _, ...inherited } = process.env
  const env = { ...inherited, PATH: `${join(root, 'bin')}:${process.env.PATH}` }
  const { stdout, status } = spawnSync(process.execPath, [join(root, 'launch/bootstrap.mjs'), ...args], {
    env,
    encoding: 'utf8',
  })
  return { stdout, status }
}

describe('the bootstrap', () => {
  it('installs by the lock file, once, and hands over with arguments and exit code', () => {
    const first = bootstrap('start', '--empty')
    expect(first.stdout).toMatch(/Ringdown 1\.2\.3\n\n {2}✓ Packages +installed/)
    expect(first.stdout).toContain(`ran ${root}/launch/start.ts --empty`)
    expect(first.status).toBe(7)
    expect(bootstrap('test', 'x').stdout).toMatch(/✓ Packages +up to date[\s\S]*test\.ts x/)
    expect(readFileSync(join(root, 'npm.log'), 'utf8')).toMatch(/^ci .*\n$/)
  })

  it('installs again when the lock file has changed', () => {
    bootstrap('start')
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}')
    expect(bootstrap('start').stdout).toMatch(/✓ Packages +installed/)
  })

  it('believes an install by hand that is newer than the lock file', () => {
    bootstrap('start')
    writeFileSync(join(root, 'package-lock.json'), '{"changed":true}')
    writeFileSync(join(root, 'node_modules/.package-lock.json'), '{}')
    utimesSync(join(root, 'package-lock.json'), 1000, 1000)
    expect(bootstrap('start').stdout).toMatch(/✓ Packages +up to date/)
  })

  it('says what npm said when it fails, and tries again the next time', () => {
    npm('echo "npm error network" >&2; exit 1')
    const failed = bootstrap('start')
    expect(failed.stdout).toMatch(/✗ Packages[\s\S]*npm error network[\s\S]*Check the network/)
    expect(failed.status).toBe(1)
  })

  it('knows two commands', () => {
    const wrong = bootstrap('stat')
    expect(wrong.stdout).toContain("Unknown command 'stat': use npm start or npm test.")
    expect(wrong.status).toBe(1)
  })
})
