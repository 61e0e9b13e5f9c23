import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectMedia, type MediaClient } from '@ringdown/media/client'
import { ServerProcess } from '../../desk/server-process.ts'
import type { FuzzOptions } from '../main.ts'
import { Random } from '../random.ts'
import { type Attack, attacks } from './attacks.ts'
import { Canary } from './canary.ts'

const SECRET = 'fuzz'
/** Rounds before memory is measured: what is compiled and cached then is there to stay. */
const WARM_ROUNDS = 30
const SAY_MS = 20_000
const MOST_GROWTH_MB = 96
/** An attacked server may be late; one that is silent for so long has stalled. */
const LONGEST_GAP_MS = 2_000

/** RTP, RTCP, STUN, DTLS, SDP and RPC against a media server process: it must neither die, stall, leak nor fail inside. */
export async function fuzzMedia({ seconds, seed, say }: FuzzOptions): Promise<void> {
  const recordings = await mkdtemp(join(tmpdir(), 'ringdown-fuzz-'))
  await using server = await ServerProcess.start({
    name: 'media',
    script: 'gateway/media/src/main.ts',
    env: {
      RINGDOWN_MEDIA_SECRET: SECRET,
      ...{ RINGDOWN_MEDIA_RPC_PORT: '0', RINGDOWN_MEDIA_METRICS_PORT: '0', RINGDOWN_MEDIA_THREADS: '1' },
      ...{ RINGDOWN_MEDIA_PORT_REST_MS: '0', RINGDOWN_MEDIA_OWNER_GRACE_MS: '0' },
      ...{ RINGDOWN_MEDIA_ICE_ADDRESS: '127.0.0.1', RINGDOWN_MEDIA_RECORDING_DIR: recordings },
    },
  })
  const rpcPort = Number(server.ready.rpcPort)
  await using media = await connectMedia({ host: '127.0.0.1', port: rpcPort, secret: SECRET })
  await using canary = await Canary.start(media)
  const random = new Random(seed)
  const startedAt = performance.now()
  let warmMb = await memoryMb(server.pid)
  let round = 0
  let saidAt = startedAt
  try {
    for (; performance.now() - startedAt < seconds * 1_000 || round < Object.keys(attacks).length; round++) {
      const [name, attack] = Object.entries(attacks)[round % Object.keys(attacks).length]!
      await attackOnce(name, attack, { media, rpcPort, secret: SECRET, random, round })
      await stillWell(server, media, canary)
      if (performance.now() - saidAt > SAY_MS) {
        saidAt = performance.now()
        say(`${round} rounds, memory ${(await memoryMb(server.pid)).toFixed(0)} MB`)
      }
      if (round === WARM_ROUNDS) warmMb = await memoryMb(server.pid)
    }
    const growth = (await memoryMb(server.pid)) - warmMb
    if (growth > MOST_GROWTH_MB) throw new Error(`memory grew by ${growth.toFixed(0)} MB`)
    say(
      `${round} rounds, memory ${growth >= 0 ? '+' : ''}${growth.toFixed(0)} MB, longest gap ${canary.longestGapMs.toFixed(0)} ms`,
    )
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`round ${round} with seed ${seed}: ${reason}\n${server.printedLog(0, 20)}`)
  } finally {
    await rm(recordings, { recursive: true, force: true })
  }
}

async function attackOnce(name: string, attack: Attack, target: Parameters<Attack>[0]): Promise<void> {
  await attack(target).catch((error: unknown) => {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`)
  })
}

/** Nothing is left of the round, and the call of the canary goes on. */
async function stillWell(server: ServerProcess, media: MediaClient, canary: Canary): Promise<void> {
  const before = canary.heard
  const deadline = performance.now() + LONGEST_GAP_MS
  const well = async () => {
    const stats = await media.call('server.stats', {})
    return canary.heard > before + 1 && stats.legs === 2 && stats.portsInUse === 2 && stats.recordings === 0
  }
  while (!(await well())) {
    if (performance.now() < deadline) continue
    throw new Error(
      `${canary.heard - before} packets heard since, left: ${JSON.stringify(await media.call('server.stats', {}))}`,
    )
  }
  const failure = /.*\b(a method|a tick|a thread) failed.*/.exec(server.printedLog(0))?.[0]
  if (failure) throw new Error(failure)
  if (canary.longestGapMs > LONGEST_GAP_MS)
    throw new Error(`a call heard nothing for ${canary.longestGapMs.toFixed(0)} ms`)
}

async function memoryMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1]) / 1_024
}
