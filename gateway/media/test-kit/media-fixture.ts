import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { connectMedia, type MediaClient } from '../src/client/index.ts'
import { type MediaSettings, startMediaServer } from '../src/index.ts'
import type { EventData, EventName } from '../src/protocol/index.ts'
import { wav } from './tones.ts'

export const SECRET = 'between-us'

/** A media server with a client, on free ports and in a folder of its own. */
export async function startMedia(settings: Partial<MediaSettings> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-media-'))
  const server = await startMediaServer({
    secret: SECRET,
    rpcPort: 0,
    metricsPort: 0,
    promptDir: dir,
    recordingDir: join(dir, 'recordings'),
    iceAddress: '127.0.0.1',
    rtpPorts: { from: 30_000, to: 39_999 },
    logLevel: 'silent',
    ...settings,
  })
  const client = await connectMedia({ host: '127.0.0.1', port: server.rpcPort, secret: SECRET })
  return {
    server,
    client,
    dir,
    /** Writes a prompt; returns its key. */
    async prompt(name: string, samples: Int16Array): Promise<string> {
      await writeFile(join(dir, `${name}.wav`), wav(samples))
      return name
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await server.close()
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The next event of a name that fits. */
export function nextEvent<E extends EventName>(
  client: MediaClient,
  name: E,
  fits: (data: EventData<E>) => boolean = () => true,
): Promise<EventData<E>> {
  return new Promise((resolve) => {
    const listener = (data: EventData<E>) => {
      if (!fits(data)) return
      client.off(name, listener as never)
      resolve(data)
    }
    client.on(name, listener as never)
  })
}

/** Waits until something is true; the test's own timeout is the limit. */
export async function until(isTrue: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isTrue())) await pause(10)
}
