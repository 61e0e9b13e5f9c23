import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, Server } from 'node:net'

/**
 * An even port of 127.0.0.1 on which nobody listens, over UDP nor TCP, nor over UDP on the even port after it: SIPp takes
 * both for audio and video. They lie below those that the kernel gives to whoever asks for any, so a neighbour can take
 * them only by drawing the same one in the moment before it is bound; this process gets each one once.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + 4 * Math.floor(Math.random() * 2_500)
    if (given.has(port)) continue
    given.add(port)
    if ((await isFree(createServer(), port)) && (await areFree([port, port + 2]))) return port
  }
}
const given = new Set<number>()

async function areFree(ports: readonly number[]): Promise<boolean> {
  const free = await Promise.all(ports.map((port) => isFree(createSocket('udp4'), port)))
  return free.every(Boolean)
}

async function isFree(holder: Socket | Server, port: number): Promise<boolean> {
  const bound = once(holder, 'listening').then(
    () => true,
    () => false,
  )
  if (holder instanceof Server) holder.listen(port, '127.0.0.1')
  else holder.bind(port, '127.0.0.1')
  if (!(await bound)) return false
  const closed = once(holder, 'close')
  holder.close()
  await closed
  return true
}
