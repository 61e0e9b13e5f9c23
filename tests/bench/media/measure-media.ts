import { cpuMs } from '../process-cpu.ts'
import { Generator, type Heard } from './generator.ts'
import { OurRelay, type Work } from './our-relay.ts'
import { freePort, type Relay } from './relay.ts'
import { RtpengineRelay } from './rtpengine-relay.ts'

export type MediaStep = {
  calls: number
  lossPercent: number
  p50: number
  p99: number
  jitterMs: number
  /** Of one core. */
  cpuPercent: number
  /** Processor time for a second of one call. */
  cpuMsPerCall: number
  /** Share of the time that the generator worked. */
  generatorBusy: number
  clean: boolean
}
export type MediaClimb = { name: string; best: number; steps: MediaStep[] }
type Options = { quick: boolean; rtpengine?: string | undefined; calls?: string | undefined }

const SERVER_CORE = 0
const GENERATOR_CORE = 1
const STEPS = [10, 50, 100, 200, 300, 400, 500, 600, 700, 800]
/** What each of our servers does, and the most calls that are tried: browsers cost this machine as much as it has. */
const WORKS: readonly (readonly [work: Work, most: number])[] = [
  ['relay', 800],
  ['relay + recording', 800],
  ['playback', 800],
  ['PCMA browser to phone', 50],
  ['Opus browser to PCMA phone', 50],
]
const MOST_LOSS_PERCENT = 0.005
const OVERLOADED_PERCENT = 1
const MOST_DELAY_MS = 10
const UNKNOWN = { p50: Number.NaN, p99: Number.NaN, jitterMs: Number.NaN }

/**
 * What calls cost: relayed, relayed and recorded (sealed), played to, and between browsers and phones. Server and generator
 * have a core each. The steps of all relays take turns, so that other work on the machine spoils all of them alike.
 */
export async function measureMedia({ quick, rtpengine, calls: wanted }: Options): Promise<MediaClimb[]> {
  const generator = await Generator.compile()
  await using servers = new AsyncDisposableStack()
  const peer = rtpengine === undefined ? await RtpengineRelay.start(SERVER_CORE) : await peerAt(rtpengine)
  const climbs: { relay: Relay; most: number; climb: MediaClimb }[] = []
  const climbing = (relay: Relay, most: number) => {
    climbs.push({ relay: servers.use(relay), most, climb: { name: relay.name, best: 0, steps: [] } })
  }
  if (peer) climbing(peer, STEPS.at(-1)!)
  for (const [work, most] of WORKS) climbing(await OurRelay.start(work, SERVER_CORE, GENERATOR_CORE), most)
  const steps = wanted?.split(',').map(Number) ?? (quick ? [10, 25] : STEPS)
  for (const calls of steps) {
    for (const { relay, most, climb } of climbs) {
      // Delays may be the machine's; who loses packets is at the end of his strength.
      if (calls > most || (climb.steps.at(-1)?.lossPercent ?? 0) > OVERLOADED_PERCENT) continue
      const step = () => measure(generator, relay, calls, quick ? 2 : 5)
      const first = await step()
      // Other work on the machine may spoil a window; twice in a row it is the server.
      const better = first.clean ? first : await step()
      climb.steps.push(better)
      console.error(`${calls} calls, ${relay.name}: ${better.cpuMsPerCall.toFixed(2)} ms of CPU a second for each`)
      if (better.clean) climb.best = calls
    }
  }
  return climbs.map(({ climb }) => climb)
}

async function measure(generator: Generator, relay: Relay, calls: number, seconds: number): Promise<MediaStep> {
  const port = await freePort()
  const legPorts = await relay.open(calls, port)
  const before = { cpu: 0, at: 0 }
  let cpu = Promise.resolve(0)
  const heard = await generator.run({
    ...{ port, legPorts, seconds, core: GENERATOR_CORE },
    onMeasuring: () => {
      before.at = performance.now()
      cpu = cpuMs(relay.pid)
    },
  })
  const usedMs = (await cpuMs(relay.pid)) - (await cpu)
  const lastedMs = performance.now() - before.at
  await relay.close()
  return stepOf(!relay.name.endsWith('playback') && !relay.name.includes('browser'), calls, heard, usedMs / lastedMs)
}

/**
 * @param stamped whether what is heard is what was sent, with its moment; otherwise only how much is heard is known
 * @param share of one core that was used
 */
function stepOf(stamped: boolean, calls: number, heard: Heard, share: number): MediaStep {
  const arrived = stamped ? heard.heard : heard.audio
  const wanted = stamped ? heard.sent : heard.wanted
  const lossPercent = Math.max(0, 100 - (100 * arrived) / wanted)
  const { p50, p99, jitterMs } = stamped ? heard : UNKNOWN
  const late = p99 > MOST_DELAY_MS
  const clean = lossPercent < (stamped ? MOST_LOSS_PERCENT : 0.5) && !late && heard.sent > 0.98 * heard.wanted
  return {
    ...{ calls, lossPercent, p50, p99, jitterMs, clean, generatorBusy: heard.busy },
    cpuPercent: 100 * share,
    cpuMsPerCall: (1_000 * share) / calls,
  }
}

function peerAt(address: string): Promise<RtpengineRelay> {
  const [host = '', port = ''] = address.split(':')
  return RtpengineRelay.at(host, Number(port))
}
