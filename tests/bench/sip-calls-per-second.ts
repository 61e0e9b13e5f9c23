import { startSipUnderTest } from './sip-under-test.ts'
import { type LoadResult, SippLoad } from './sipp-load.ts'

export type SipStep = Omit<LoadResult, 'answerMs'> & { offered: number; clean: boolean }
export type SipResult = { best: number; steps: SipStep[] }

const rates = [50, 100, 200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500]

/** The highest rate of answered and hung up calls at which none failed and no message had to be repeated. */
export async function measureSip({ quick }: { quick: boolean }): Promise<SipResult> {
  await using server = await startSipUnderTest()
  const steps: SipResult['steps'] = []
  for (const offered of quick ? rates.filter((rate) => rate <= 200) : rates) {
    const step = () => measure(server.to, offered, offered * (quick ? 2 : 5))
    const first = await step()
    // other work on the machine may spoil a step; twice in a row it is the server
    const better = first.clean ? first : await step()
    steps.push(better)
    if (!better.clean) break
  }
  return { best: steps.findLast(({ clean }) => clean)?.offered ?? 0, steps }
}

async function measure(to: string, offered: number, calls: number): Promise<SipStep> {
  await using load = await SippLoad.start({ to, service: 'bench', callsPerSecond: offered, calls, holdMs: 0 })
  const { answerMs: _, ...result } = await load.result()
  const clean = result.failed === 0 && result.retransmissions === 0 && result.succeeded === calls
  return { offered, ...result, clean }
}
