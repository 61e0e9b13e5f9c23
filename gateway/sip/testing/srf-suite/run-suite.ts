import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, runSippFile } from '../sipp.ts'
import { fastTimers, startTestServer, udpOf } from '../test-server.ts'
import { placed, type SuitePlace } from './place.ts'

const suiteFolder = join(dirname(createRequire(import.meta.url).resolve('drachtio-srf')), '../test')
const hooks = fileURLToPath(new URL('./hooks.ts', import.meta.url))

/** The longest file takes 16 s on a quiet machine. */
const patienceMs = 90_000
/** Of the second server, which refer.js calls. */
const uasAddress = '172.29.0.19'

/** The SIPp phones of the suite, each at a port of its own: what its Docker network has in containers. */
export class SuitePhones implements AsyncDisposable {
  readonly addresses: Readonly<Record<string, string>>
  readonly scenarios: string
  private readonly running: readonly { stop(): void; readonly passed: Promise<void> }[]

  private constructor(addresses: SuitePhones['addresses'], scenarios: string, running: SuitePhones['running']) {
    this.addresses = addresses
    this.scenarios = scenarios
    this.running = running
  }

  static async start(): Promise<SuitePhones> {
    const containers = readContainers()
    const addresses: Record<string, string> = {}
    for (const { name, ip } of containers) {
      const address = `127.0.0.1:${await freePort()}`
      // The servers go by name in the configuration, by address in SIP.
      if (!name.startsWith('drachtio-')) addresses[name] = address
      if (ip !== undefined) addresses[ip] = address
    }
    const scenarios = mkdtempSync(join(tmpdir(), 'srf-suite-'))
    cpSync(join(suiteFolder, 'scenarios'), scenarios, { recursive: true })
    for (const file of readdirSync(scenarios).filter((name) => name.endsWith('.xml'))) {
      const path = join(scenarios, file)
      writeFileSync(path, wellFormed(placed(readFileSync(path, 'utf8'), addresses)))
    }
    const running = await Promise.all(
      containers.flatMap(({ name, scenario }) => {
        const port = portOf(addresses[name])
        return scenario ? [runSippFile(join(scenarios, scenario), { port, calls: Number.POSITIVE_INFINITY })] : []
      }),
    )
    return new SuitePhones(addresses, scenarios, running)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const phone of this.running) phone.stop()
    await Promise.allSettled(this.running.map(({ passed }) => passed))
    rmSync(this.scenarios, { recursive: true, force: true })
  }
}

export type SuiteResult = { readonly code: number | null; readonly passed: number; readonly output: string }

/** Runs one file of drachtio-srf's test suite against servers of ours, in a process of its own. */
export async function runSuite(name: string, { addresses, scenarios }: SuitePhones): Promise<SuiteResult> {
  const secret = 'cymru'
  // The suite waits for the end of timer H.
  const timers = name === 'uas' ? { ...fastTimers, t1Ms: 60 } : {}
  await using server = await startTestServer({ secret, ...timers })
  const uasPort = name === 'refer' ? portOf(addresses[uasAddress]) : 0
  await using uas = await startTestServer({ secret, listen: [`udp:127.0.0.1:${uasPort}`] })
  const admin = { 'drachtio-sut': server.admin, 'drachtio-uas': uas.admin }
  const place: SuitePlace = { addresses, scenarios, server: udpOf(server), admin }
  const child = spawn(process.execPath, ['--import', hooks, join(suiteFolder, `${name}.js`)], {
    env: { ...process.env, NODE_ENV: 'test', SRF_SUITE_PLACE: JSON.stringify(place) },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: patienceMs,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, passed: output.match(/^ok /gm)?.length ?? 0, output }
}

function portOf(address = ''): number {
  return Number(address.split(':')[1])
}

/** SIPp 3.6 refuses scenarios with a bare angle bracket in an attribute, as some of the suite's have. */
function wellFormed(scenario: string): string {
  return scenario.replace(/regexp="[^"]*"/g, (regexp) => regexp.replaceAll('<', '&lt;').replaceAll('>', '&gt;'))
}

/** The containers of the suite's network, and those that its tests start on the way. */
function readContainers(): { name: string; ip?: string | undefined; scenario?: string | undefined }[] {
  const compose = readFileSync(join(suiteFolder, 'docker-compose-testbed.yaml'), 'utf8')
  const containers = compose.split(/^ {2}(?=[\w-]+:$)/m).flatMap((service) => {
    const name = /container_name: (\S+)/.exec(service)?.[1]
    const [ip, scenario] = [/ipv4_address: (\S+)/.exec(service)?.[1], /sipp -sf \/tmp\/(\S+)/.exec(service)?.[1]]
    return name === undefined ? [] : [{ name, ip, scenario }]
  })
  const later = readFileSync(join(suiteFolder, 'b2b.js'), 'utf8').matchAll(/sippUas\('[^']+', '([^']+)'\)/g)
  return [...containers, ...[...later].map(([, name = '']) => ({ name }))]
}
