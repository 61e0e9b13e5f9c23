import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ServerProcess } from '../desk/server-process.ts'
import { type LoadResult, SippLoad } from './sipp-load.ts'

export type SipStep = LoadResult & { offered: number; clean: boolean }
export type SipResult = { best: number; steps: SipStep[] }

const rates = [50, 100, 200, 300, 400, 500, 600, 800, 1000, 1250, 1500, 2000, 2500]
const secret = 'bench'

/** The highest rate of answered and hung up calls at which none failed and no message had to be repeated. */
export async function measureSip({ quick }: { quick: boolean }): Promise<SipResult> {
  await using server = await ServerProcess.start({
    name: 'sip',
    script: 'gateway/sip/src/main.ts',
    env: {
      RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0',
      RINGDOWN_SIP_ADMIN_PORT: '0',
      RINGDOWN_SIP_SECRET: secret,
    },
  })
  const { admin, listeners } = server.ready as {
    admin: { port: number }
    listeners: [{ host: string; port: number }]
  }
  await using _app = await startApp(admin.port)
  const to = `${listeners[0].host}:${listeners[0].port}`
  const steps: SipResult['steps'] = []
  for (const offered of quick ? rates.filter((rate) => rate <= 200) : rates) {
    const step = () => measure(to, offered, offered * (quick ? 2 : 5))
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
  const result = await load.result()
  const clean = result.failed === 0 && result.retransmissions === 0 && result.succeeded === calls
  return { offered, ...result, clean }
}

async function startApp(port: number): Promise<AsyncDisposable> {
  const script = join(import.meta.dirname, 'answering-app.ts')
  const child = spawn(process.execPath, [script, String(port), secret], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(createInterface({ input: child.stdout }), 'line')
  return {
    async [Symbol.asyncDispose]() {
      child.kill()
      await once(child, 'close')
    },
  }
}
