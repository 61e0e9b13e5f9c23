import { type MediaServer, startMediaServer } from '@ringdown/media'
import { type SipServer, startSipServer } from '@ringdown/sip'

export const sipSecret = 'sip secret of the tests'
export const mediaSecret = 'media secret of the tests'

/** A server that can be lost and come back at the same ports, with nothing of what it knew. */
export class Restartable<S extends AsyncDisposable> implements AsyncDisposable {
  current: S
  readonly #again: (before: S) => Promise<S>

  constructor(first: S, again: (before: S) => Promise<S>) {
    this.current = first
    this.#again = again
  }

  async restart(): Promise<void> {
    const before = this.current
    await before[Symbol.asyncDispose]()
    this.current = await this.#again(before)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.current[Symbol.asyncDispose]()
  }
}

export async function restartableSip(): Promise<Restartable<SipServer>> {
  const start = (udp: number, tcp: number, admin: number, ops: number) =>
    startSipServer({
      secret: sipSecret,
      listen: [`udp:127.0.0.1:${udp}`, `tcp:127.0.0.1:${tcp}`],
      adminPort: admin,
      metricsPort: ops,
      logLevel: 'silent',
    })
  return new Restartable(await start(0, 0, 0, 0), ({ listeners, admin, ops }) =>
    start(listeners[0]?.port ?? 0, listeners[1]?.port ?? 0, admin.port, ops?.port ?? 0),
  )
}

/** @param folders of prompts and recordings */
export async function restartableMedia(folders: {
  promptDir: string
  recordingDir: string
}): Promise<Restartable<MediaServer>> {
  // A phone that vanishes is noticed soon, and ports need no rest: nobody is left who could send to them.
  const quick = { rtpTimeoutMs: 1500, portRestMs: 0, logLevel: 'silent' } as const
  const start = (rpcPort: number, metricsPort: number) =>
    startMediaServer({ secret: mediaSecret, rpcPort, metricsPort, ...folders, ...quick })
  return new Restartable(await start(0, 0), ({ rpcPort, metricsPort }) => start(rpcPort, metricsPort))
}
