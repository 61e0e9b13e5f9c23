import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Note } from './progress.mjs'
import { Refusal } from './refusal.ts'

/** A Debian package, known to be installed by a program on the PATH or by a file. */
export type SystemPackage = { name: string; provides: string; why: string }

export const systemPackages = {
  redis: { name: 'redis-server', provides: 'redis-server', why: 'live state of calls and agents' },
  espeak: { name: 'espeak-ng', provides: 'espeak-ng', why: 'speaks the prompts' },
  chromium: { name: 'chromium', provides: 'chromium', why: 'the browser of the tests' },
  sipp: { name: 'sip-tester', provides: 'sipp', why: 'the foreign SIP phones of the tests' },
  baresip: { name: 'baresip-core', provides: 'baresip', why: 'a foreign softphone of the tests, over TLS and SRTP' },
  fonts: {
    name: 'fonts-noto-cjk',
    provides: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    why: 'Chinese text in the browser of the tests',
  },
} as const satisfies Record<string, SystemPackage>

/** Those of the wanted packages that are not there. */
export function missingPackages(wanted: readonly SystemPackage[]): SystemPackage[] {
  return wanted.filter(({ provides }) => !(provides.startsWith('/') ? existsSync(provides) : onPath(provides)))
}

/**
 * Installs the packages with apt-get where this user may do that without being asked for a password.
 *
 * @throws Refusal with the command to run where it may not, or where apt-get fails
 */
export async function installSystemPackages(missing: readonly SystemPackage[], note: Note): Promise<void> {
  const names = missing.map(({ name }) => name)
  const byHand = `apt-get install ${names.join(' ')}`
  const prefix = asRoot()
  if (!onPath('apt-get') || !prefix) {
    const list = missing.map(({ name, why }) => `  ${name.padEnd(16)} ${why}`).join('\n')
    const how = onPath('apt-get') ? `sudo ${byHand}` : 'the package manager of this system'
    throw new Refusal(`These system packages are missing:\n${list}\n\nInstall them and start again:\n  ${how}`)
  }
  note('reading the package lists')
  await aptGet(prefix, ['update'], byHand, () => undefined)
  note(`installing ${names.join(', ')}`)
  await aptGet(prefix, ['install', '-y', '--no-install-recommends', ...names], byHand, (percent) =>
    note(`installing ${names.join(', ')} ${percent} %`),
  )
  const still = missingPackages(missing)
  if (still.length > 0) {
    const faults = still.map(({ name, provides }) => `${name} was installed, but ${provides} is not there.`)
    throw new Refusal(faults.join('\n'))
  }
}

async function aptGet(
  prefix: string[],
  args: string[],
  byHand: string,
  onPercent: (percent: number) => void,
): Promise<void> {
  const options = ['-q', '-o', 'APT::Status-Fd=1', '-o', 'DPkg::Lock::Timeout=120']
  const command = [...prefix, 'env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C', 'apt-get', ...options, ...args]
  const child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
  const output: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on('line', (line) => {
      const percent = /^(?:pm|dl)status:[^:]*:([0-9.]+):/.exec(line)?.[1]
      if (percent) onPercent(Math.round(Number(percent)))
      else output.push(line)
    })
  }
  const code = await new Promise((resolve) => child.once('error', resolve).once('close', resolve))
  if (code === 0) return
  throw new Refusal(
    `apt-get ${args[0]} failed:\n${output.slice(-12).join('\n')}\n\nInstall by hand and start again:\n  ${byHand}`,
  )
}

/** The words before a command that make it root's; undefined when that needs a password. */
function asRoot(): string[] | undefined {
  if (process.getuid?.() === 0) return []
  return onPath('sudo') && spawnSync('sudo', ['-n', 'true']).status === 0 ? ['sudo', '-n'] : undefined
}

function onPath(program: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
