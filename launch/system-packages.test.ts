import { chmodSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Refusal } from './refusal.ts'
import { installSystemPackages, missingPackages, type SystemPackage } from './system-packages.ts'

const path = process.env.PATH
const flute: SystemPackage = { name: 'flute-tools', provides: 'flute', why: 'plays the flute' }
let bin: string

/** A machine with nothing but what a test puts on it. */
beforeEach(() => {
  bin = mkdtempSync(join(tmpdir(), 'ringdown-bin-'))
  for (const name of ['env', 'sh', 'touch', 'chmod', 'true']) symlinkSync(`/usr/bin/${name}`, join(bin, name))
  process.env.PATH = bin
})
afterEach(() => {
  process.env.PATH = path
})

function program(name: string, body: string): void {
  writeFileSync(join(bin, name), `#!/bin/sh\n${body}\n`)
  chmodSync(join(bin, name), 0o755)
}

/** apt-get as far as its command line and its status lines go; `sudo` lets everybody in. */
function aptGet(install: string): void {
  program('sudo', 'shift; exec "$@"')
  program('apt-get', `echo "$@" >> ${bin}/apt.log\ncase "$*" in *" update") exit 0;; esac\n${install}`)
}

describe('system packages', () => {
  it('are missing when their program or file is', () => {
    const file = { ...flute, provides: join(bin, 'flute.ttc') }
    expect(missingPackages([flute, file])).toEqual([flute, file])
    program('flute', '')
    writeFileSync(join(bin, 'flute.ttc'), '')
    expect(missingPackages([flute, file])).toEqual([])
  })

  it('are installed by apt-get, with its progress', async () => {
    aptGet(`echo "pmstatus:flute-tools:42.8:Installing"; touch ${bin}/flute; chmod +x ${bin}/flute`)
    const notes: string[] = []
    await installSystemPackages([flute], (note) => notes.push(note))
    expect(notes).toEqual(['reading the package lists', 'installing flute-tools', 'installing flute-tools 43 %'])
    expect(readFileSync(join(bin, 'apt.log'), 'utf8')).toMatch(
      / update\n.* install -y --no-install-recommends flute-tools\n$/,
    )
  })

  it('that apt-get can not install are named with its words and the command to run', async () => {
    aptGet('echo "E: Unable to locate package flute-tools" >&2; exit 100')
    const refused = installSystemPackages([flute], () => undefined)
    await expect(refused).rejects.toThrow(Refusal)
    await expect(refused).rejects.toThrow(/Unable to locate package flute-tools[\s\S]*apt-get install flute-tools/)
  })

  it('are asked for where there is no apt-get', async () => {
    await expect(installSystemPackages([flute], () => undefined)).rejects.toThrow(/flute-tools +plays the flute/)
  })
})
