import { createServer } from 'node:net'

/** A TCP port of 127.0.0.1 that nobody listens on at this moment. For tests: another process may take it before you do. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (address === null || typeof address === 'string') throw new Error('no port was given')
  return address.port
}
