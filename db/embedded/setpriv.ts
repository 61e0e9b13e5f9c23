import { spawnSync } from 'node:child_process'

let found: boolean | undefined

/** Whether util-linux' setpriv is there: it ties a server's life to ours and lends it a capability (busybox' can not). */
export function hasSetpriv(): boolean {
  found ??= spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status === 0
  return found
}
