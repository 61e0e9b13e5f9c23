import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { createServer, Server } from 'node:net'

/**
 * An even port of 127.0.0.1 on which nobody listens, over UDP nor TCP. It lies below those that the kernel gives to
 * whoever asks for any, so a neighbour can take it only by drawing the same one in the moment before it is bound.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + 2 * Math.floor(Math.random() * 5_000)
    if ((await isFree(createSocket('udp4'), port)) && (await isFree(createServer(), port))) return port
  }
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
