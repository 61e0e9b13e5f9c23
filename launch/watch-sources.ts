import { watch } from 'node:fs'
import { join } from 'node:path'

/** Which processes run the code of a folder. */
const users = {
  core: ['gateway', 'workers'],
  ivr: ['gateway'],
  'db/postgres': ['gateway', 'workers'],
  'db/redis': ['gateway', 'workers'],
  'gateway/sip/src': ['sip'],
  'gateway/media/src': ['media'],
  'gateway/src': ['gateway'],
  'workers/src': ['workers'],
} as const satisfies Record<string, readonly string[]>

const settleMs = 300

/** For `npm run dev`: names the processes whose source has changed, once the editor has written all of it. */
export function watchSources(root: string, onChange: (names: string[]) => void): void {
  const changed = new Set<string>()
  let timer: NodeJS.Timeout | undefined
  for (const [folder, names] of Object.entries(users)) {
    watch(join(root, folder), { recursive: true }, (_event, file) => {
      if (!file || !/\.(ts|json|lua|sql)$/.test(file) || file.endsWith('.test.ts')) return
      for (const name of names) changed.add(name)
      clearTimeout(timer)
      timer = setTimeout(() => {
        const due = [...changed]
        changed.clear()
        onChange(due)
      }, settleMs)
    })
  }
}
