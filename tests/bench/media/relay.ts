import { createSocket } from 'node:dgram'
import { once } from 'node:events'

/** A relay under test: ours or another. */
export type Relay = AsyncDisposable & {
  name: string
  pid: number
  /**
   * Sets up calls of two legs whose phones are all at one port of 127.0.0.1.
   * @returns the relay's port of each leg, the two of a call side by side
   */
  open(calls: number, phonesPort: number): Promise<number[]>
  /** Ends all calls. */
  close(): Promise<void>
}

/** The description of a phone at a port of 127.0.0.1. */
export function phoneSdp(port: number): string {
  return [
    ...['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 'c=IN IP4 127.0.0.1', 't=0 0'],
    ...[`m=audio ${port} RTP/AVP 8`, 'a=rtpmap:8 PCMA/8000', ''],
  ].join('\r\n')
}

export function portIn(sdp: string): number {
  return Number(/^m=audio (\d+)/m.exec(sdp)?.[1])
}

/** A UDP port of 127.0.0.1 that nobody has now. */
export async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  socket.close()
  await once(socket, 'close')
  return port
}
