import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { hasSetpriv } from './setpriv.ts'

/** Who a server runs as: ourselves when empty. */
export type Identity = { uid?: number; gid?: number; capability?: 'dac_read_search' | 'dac_override' }

/** PostgreSQL's own name for its system user, on every distribution. */
const userName = 'postgres'

/**
 * PostgreSQL refuses to run as root; then it runs as the system user `postgres`, made here when missing.
 *
 * A checkout under /root is closed to that user. Instead of opening root's home it is lent one capability to pass
 * through folders; it gains nothing that our other processes, which run as root there, would not have.
 *
 * @param paths what the server must be able to reach
 */
export function unprivilegedIdentity(paths: string[]): Identity {
  if (process.getuid?.() !== 0) return {}
  const identity = findUser() ?? createUser()
  const closed = paths.find((path) => !canReach(path, identity))
  if (closed === undefined) return identity
  const capability = lendableCapability()
  if (!capability) {
    throw new Error(
      `The user ${userName}, as whom PostgreSQL runs, may not enter ${closed}. Start Ringdown as an ordinary user, ` +
        'or move its folder (and RINGDOWN_DATA_DIR) to a place that all users may enter, such as /opt or /srv.',
    )
  }
  return { ...identity, capability }
}

function findUser(): { uid: number; gid: number } | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${userName}:`))
  const [, , uid, gid] = line?.split(':') ?? []
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined
}

function createUser(): { uid: number; gid: number } {
  execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', userName])
  const user = findUser()
  if (!user)
    throw new Error(`The system user ${userName} could not be created: create it, or start as an ordinary user.`)
  return user
}

function canReach(path: string, { uid, gid }: Identity): boolean {
  return spawnSync('test', ['-x', path], { uid: uid as number, gid: gid as number, cwd: '/' }).status === 0
}

/** Containers keep only some capabilities; of those that open folders, the one that grants less comes first. */
function lendableCapability(): Identity['capability'] {
  if (!hasSetpriv()) return undefined
  const bounding = /^CapBnd:\s*([0-9a-f]+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0'
  const holds = (bit: bigint) => ((BigInt(`0x${bounding}`) >> bit) & 1n) === 1n
  if (holds(2n)) return 'dac_read_search'
  return holds(1n) ? 'dac_override' : undefined
}
