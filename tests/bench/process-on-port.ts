import { readdir, readFile, readlink } from 'node:fs/promises'

/** The process of this machine that listens on a TCP port (Linux, proc(5)); undefined when none is found or may be seen. */
export async function processOnPort(port: number): Promise<number | undefined> {
  const sockets = await listeningSockets(port)
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${pid}/fd`).catch(() => [])
    for (const file of files) {
      const inode = /^socket:\[(\d+)\]$/.exec(await readlink(`/proc/${pid}/fd/${file}`).catch(() => ''))?.[1]
      if (inode !== undefined && sockets.has(inode)) return Number(pid)
    }
  }
  return undefined
}

/** Inodes of the sockets that listen on the port, over IPv4 and IPv6. */
async function listeningSockets(port: number): Promise<Set<string>> {
  const listening = '0A'
  const hex = port.toString(16).toUpperCase().padStart(4, '0')
  const tables = await Promise.all(
    ['tcp', 'tcp6'].map((table) => readFile(`/proc/net/${table}`, 'utf8').catch(() => '')),
  )
  const rows = tables.flatMap((table) => table.trim().split('\n').slice(1))
  return new Set(
    rows.flatMap((row) => {
      const [, local = '', , state, , , , , , inode = ''] = row.trim().split(/\s+/)
      return state === listening && local.endsWith(`:${hex}`) ? [inode] : []
    }),
  )
}
