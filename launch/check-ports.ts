import { createSocket } from 'node:dgram'
import { createServer } from 'node:net'
import { Refusal } from './refusal.ts'

export type PortClaim = { setting: string; host: string; port: number; protocol: 'tcp' | 'udp' }

/**
 * Sees that every port is free before anything is started.
 *
 * @throws Refusal that names each taken port and its setting
 */
export async function checkPorts(claims: readonly PortClaim[]): Promise<void> {
  const faults = [...sharedPorts(claims), ...(await takenPorts(claims))]
  if (faults.length > 0) throw new Refusal(`${faults.join('\n')}\nAll settings: docs/settings.md.`)
}

function sharedPorts(claims: readonly PortClaim[]): string[] {
  const byPort = Map.groupBy(claims, ({ protocol, port }) => `${protocol} ${port}`)
  return [...byPort.values()]
    .filter((group) => group.length > 1)
    .map((group) => `${group.map(({ setting }) => setting).join(' and ')} name the same port ${group[0]?.port}.`)
}

async function takenPorts(claims: readonly PortClaim[]): Promise<string[]> {
  const faults = await Promise.all(
    claims.map(async (claim) => {
      const code = await (claim.protocol === 'tcp' ? tryTcp(claim) : tryUdp(claim))
      return code === undefined ? undefined : { ...claim, code }
    }),
  )
  return faults.filter((fault) => fault !== undefined).map(describe)
}

function describe({ setting, host, port, protocol, code }: PortClaim & { code: string }): string {
  const name = `Port ${port}/${protocol}`
  if (code === 'EADDRINUSE') return `${name} is taken: stop what uses it, or set ${setting} to a free one.`
  if (code === 'EACCES') return `${name} needs more rights than this user has: set ${setting} to a port above 1023.`
  if (code === 'EADDRNOTAVAIL') return `${name}: this machine has no address ${host}: correct RINGDOWN_HOST.`
  return `${name} can't be opened (${code}): set ${setting} to another one.`
}

function tryTcp({ host, port }: PortClaim): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)))
  })
}

function tryUdp({ host, port }: PortClaim): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4')
    socket.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    socket.bind({ address: host, port, exclusive: true }, () => socket.close(() => resolve(undefined)))
  })
}
