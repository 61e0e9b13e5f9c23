import { type Percentiles, percentilesOf } from './percentiles.ts'
import { startSipUnderTest } from './sip-under-test.ts'
import { SippLoad } from './sipp-load.ts'

export type OverloadStep = {
  offered: number
  /** Calls answered and hung up per second, while calls were offered. */
  completed: number
  refused: number
  failed: number
  /** INVITE to 200 of those that were taken, in ms. */
  answer: Percentiles
}
/** `best` is the highest rate completed in any step up to the first that lost more than a twentieth of its calls. */
export type OverloadResult = { best: number; twice: OverloadStep; steps: OverloadStep[] }

/** Share of calls refused or failed from which a rate counts as too much. */
const lost = 0.05
const rates = [100, 200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500, 3000]

/** What is left of the best rate when twice as many calls are offered. */
export async function measureOverload({ quick }: { quick: boolean }): Promise<OverloadResult> {
  await using server = await startSipUnderTest()
  const steps: OverloadStep[] = []
  for (const rate of rates) {
    const seconds = quick ? 3 : 10
    const step = await offer(server.to, rate, seconds)
    steps.push(step)
    if (step.refused + step.failed > lost * rate * seconds) break
  }
  const best = Math.max(...steps.map(({ completed }) => completed))
  return { best, steps, twice: await offer(server.to, best * 2, quick ? 5 : 20) }
}

async function offer(to: string, rate: number, seconds: number): Promise<OverloadStep> {
  const calls = rate * seconds
  await using load = await SippLoad.start({
    ...{ to, service: 'bench', callsPerSecond: rate, calls, holdMs: 0 },
    scenario: 'uac-answered-or-refused',
  })
  const startedAt = performance.now()
  const { succeeded, refused, failed, answerMs } = await load.result()
  const tookS = Math.max(seconds, (performance.now() - startedAt) / 1000)
  return { offered: rate, completed: Math.round(succeeded / tookS), refused, failed, answer: percentilesOf(answerMs) }
}
