import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { wavHeader } from '@ringdown/db/recordings'
import { connectMedia, type MediaClient } from '@ringdown/media/client'
import { ServerProcess } from '../../desk/server-process.ts'
import { Headsets } from './headsets.ts'
import { phoneSdp, portIn, type Relay } from './relay.ts'

const SECRET = 'bench'
const PROMPT_S = 30

/** What our server does with the legs of a call. */
export type Work = 'relay' | 'relay + recording' | 'playback' | 'PCMA browser to phone' | 'Opus browser to PCMA phone'

/** Our media server with one worker thread, on one core. */
export class OurRelay implements Relay {
  readonly name: string
  readonly pid: number
  readonly media: MediaClient
  readonly #work: Work
  readonly #server: ServerProcess
  readonly #dir: string
  readonly #browsersCore: number
  #headsets: Headsets | undefined
  #legs: string[] = []
  #recordings: string[] = []

  private constructor(work: Work, server: ServerProcess, media: MediaClient, dir: string, browsersCore: number) {
    this.name = `ours, ${work}`
    this.pid = server.pid
    this.media = media
    this.#work = work
    this.#server = server
    this.#dir = dir
    this.#browsersCore = browsersCore
  }

  /** @param otherCore where browsers run */
  static async start(work: Work, core: number, otherCore: number): Promise<OurRelay> {
    const dir = await mkdtemp(join(tmpdir(), 'ringdown-bench-'))
    await writeFile(join(dir, 'prompt.wav'), noise())
    const server = await ServerProcess.start({
      name: 'media',
      script: 'gateway/media/src/main.ts',
      env: {
        RINGDOWN_MEDIA_SECRET: SECRET,
        ...{ RINGDOWN_MEDIA_RPC_PORT: '0', RINGDOWN_MEDIA_METRICS_PORT: '0', RINGDOWN_MEDIA_THREADS: '1' },
        ...{ RINGDOWN_MEDIA_PORT_REST_MS: '0', RINGDOWN_MEDIA_OWNER_GRACE_MS: '0' },
        ...{ RINGDOWN_MEDIA_ICE_ADDRESS: '127.0.0.1', RINGDOWN_MEDIA_PROMPT_DIR: dir },
        RINGDOWN_MEDIA_RECORDING_DIR: join(dir, 'recordings'),
        RINGDOWN_MEDIA_RECORDING_KEY: randomBytes(32).toString('base64'),
        RINGDOWN_MEDIA_CODECS: work.startsWith('Opus') ? 'opus,PCMA' : 'PCMA',
      },
    })
    await promisify(execFile)('taskset', ['-a', '-c', '-p', String(core), String(server.pid)])
    const media = await connectMedia({
      host: '127.0.0.1',
      port: Number(server.ready.rpcPort),
      secret: SECRET,
      requestTimeoutMs: 60_000,
    })
    return new OurRelay(work, server, media, dir, otherCore)
  }

  async open(calls: number, phonesPort: number): Promise<number[]> {
    if (this.#codec) return this.#openToHeadsets(this.#codec, calls, phonesPort)
    const ports: number[] = []
    for (let call = 0; call < calls; call++) {
      const pair = [await this.#leg(phonesPort, ports), await this.#leg(phonesPort, ports)] as [string, string]
      if (this.#work === 'playback') {
        for (const legId of pair) await this.media.call('leg.play', { legId, files: ['prompt'], loop: true })
        continue
      }
      const { bridgeId } = await this.media.call('bridge.create', { legs: pair })
      if (this.#work === 'relay') continue
      const path = `${calls}-${call}.rec`
      this.#recordings.push((await this.media.call('recording.start', { bridgeId, path })).recordingId)
    }
    return ports
  }

  async close(): Promise<void> {
    for (const recordingId of this.#recordings) await this.media.call('recording.stop', { recordingId })
    await this.#headsets?.hangUp()
    this.#headsets = undefined
    for (const legId of this.#legs) await this.media.call('leg.close', { legId })
    this.#legs = []
    this.#recordings = []
    await rm(join(this.#dir, 'recordings'), { recursive: true, force: true })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.media.close()
    await this.#server[Symbol.asyncDispose]()
    await rm(this.#dir, { recursive: true, force: true })
  }

  /** Of the browsers, where there are some. */
  get #codec(): 'PCMA' | 'opus' | undefined {
    if (this.#work === 'PCMA browser to phone') return 'PCMA'
    return this.#work === 'Opus browser to PCMA phone' ? 'opus' : undefined
  }

  /** @returns a port for each call, the phone's */
  async #openToHeadsets(codec: string, calls: number, phonesPort: number): Promise<number[]> {
    const server = { rpcPort: Number(this.#server.ready.rpcPort), secret: SECRET }
    this.#headsets = await Headsets.connect(server, codec, calls, this.#browsersCore)
    const ports: number[] = []
    for (const headset of this.#headsets.legs) {
      await this.media.call('bridge.create', { legs: [await this.#leg(phonesPort, ports), headset] })
    }
    return ports
  }

  async #leg(phonesPort: number, ports: number[]): Promise<string> {
    const { legId, sdp } = await this.media.call('leg.create', { kind: 'rtp', offer: phoneSdp(phonesPort) })
    this.#legs.push(legId)
    ports.push(portIn(sdp))
    return legId
  }
}

/** A prompt of 8 kHz mono. */
function noise(): Buffer {
  const samples = Int16Array.from({ length: 8_000 * PROMPT_S }, (_, i) => ((i * 7_919) % 8_001) - 4_000)
  const data = Buffer.from(samples.buffer)
  return Buffer.concat([wavHeader(8_000, 1, data.length), data])
}
