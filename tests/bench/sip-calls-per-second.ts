import { type Percentiles, percentilesOf } from './percentiles.ts'
import { cpuMs, residentMb } from './process-cpu.ts'
import { type Peer, type SipSetup, type SipUnderTest, startSipUnderTest } from './sip-under-test.ts'
import { SippLoad } from './sipp-load.ts'

export type SipStep = {
  offered: number
  callsPerSecond: number
  succeeded: number
  failed: number
  retransmissions: number
  /** None failed, and nothing had to be repeated. */
  clean: boolean
  /** INVITE to 200, in ms. */
  answer: Percentiles
  /** Processor time of one call, in ms; NaN for a process that is not on this machine. */
  serverCpuMs: number
  appCpuMs: number
  /** What the server held at the end of the step, in MB. */
  serverMb: number
}
/** `best` is the highest clean rate; `perCpuSecond` the calls that a second of the server's processor time was enough for at it. */
export type SipClimb = { server: string; setup: SipSetup; best: number; perCpuSecond: number; steps: SipStep[] }
export type SipResult = SipClimb[]
export type SipOptions = { quick: boolean; peer?: string | undefined; secret?: string | undefined }

const rates: Readonly<Record<SipSetup, readonly number[]>> = {
  answers: [50, 100, 200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500],
  connects: [50, 100, 150, 200, 250, 300, 400, 500, 600, 800, 1000],
}

/** Our server, and a peer if one is given, in both set-ups one after the other. */
export async function measureSip({ quick, peer, secret = '' }: SipOptions): Promise<SipResult> {
  const climbs: SipClimb[] = []
  for (const setup of ['answers', 'connects'] as const) {
    climbs.push(await climb('ringdown-sip', setup, quick))
    if (peer !== undefined) climbs.push(await climb(peer, setup, quick, readPeer(peer, secret)))
  }
  return climbs
}

async function climb(server: string, setup: SipSetup, quick: boolean, peer?: Peer): Promise<SipClimb> {
  await using underTest = await startSipUnderTest(setup, peer)
  const steps: SipStep[] = []
  for (const offered of quick ? rates[setup].filter((rate) => rate <= 200) : rates[setup]) {
    const step = () => measure(underTest, offered, offered * (quick ? 2 : 5))
    const first = await step()
    // other work on the machine may spoil a step; twice in a row it is the server
    const better = first.clean ? first : await step()
    steps.push(better)
    if (!better.clean) break
  }
  const best = steps.findLast(({ clean }) => clean)
  return { server, setup, best: best?.offered ?? 0, perCpuSecond: Math.round(1000 / (best?.serverCpuMs ?? 0)), steps }
}

async function measure({ to, serverPid, appPid }: SipUnderTest, offered: number, calls: number): Promise<SipStep> {
  const cpu = async () => [serverPid === undefined ? Number.NaN : await cpuMs(serverPid), await cpuMs(appPid)] as const
  const before = await cpu()
  await using load = await SippLoad.start({ to, service: 'bench', callsPerSecond: offered, calls, holdMs: 0 })
  const { answerMs, succeeded, failed, retransmissions, callsPerSecond } = await load.result()
  const after = await cpu()
  const clean = failed === 0 && retransmissions === 0 && succeeded === calls
  return {
    ...{ offered, callsPerSecond, succeeded, failed, retransmissions, clean },
    answer: percentilesOf(answerMs),
    serverCpuMs: (after[0] - before[0]) / calls,
    appCpuMs: (after[1] - before[1]) / calls,
    serverMb: serverPid === undefined ? Number.NaN : await residentMb(serverPid),
  }
}

/** `host:port` of the admin port. */
function readPeer(text: string, secret: string): Peer {
  const [, host = '', port = ''] = /^(.+):(\d+)$/.exec(text) ?? []
  if (host === '') throw new Error(`--peer ${text}: expected <host>:<admin port>`)
  return { host, port: Number(port), secret }
}
