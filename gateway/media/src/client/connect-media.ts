import { randomUUID } from 'node:crypto'
import { type ConnectOptions, MediaClient } from './media-client.ts'

/** Connects to a media server. Rejects with MediaError `unauthorized` or `disconnected` when the first attempt fails. */
export async function connectMedia(options: ConnectOptions): Promise<MediaClient> {
  const client = new MediaClient({
    owner: randomUUID(),
    requestTimeoutMs: 10_000,
    reconnectMs: { first: 100, longest: 2_000 },
    ...options,
  })
  await client.open()
  return client
}
