import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '@ringdown/db/embedded'
import { ServerProcess } from '../desk/server-process.ts'
import { processOnPort } from './process-on-port.ts'

/** What the application does with calls: answer them itself, or connect them to a phone as a back-to-back user agent. */
export type SipSetup = 'answers' | 'connects'

/** A drachtio-compatible server that runs already: where applications connect, and their secret. */
export type Peer = { readonly host: string; readonly port: number; readonly secret: string }

/** The SIP server as a process, with a small application on it. */
export type SipUnderTest = AsyncDisposable & {
  /** `host:port` for SIP over UDP. */
  readonly to: string
  /** Undefined for a peer whose process is not on this machine. */
  readonly serverPid: number | undefined
  readonly appPid: number
}

/** Starts our server, or takes the peer, and the application. */
export async function startSipUnderTest(setup: SipSetup = 'answers', peer?: Peer): Promise<SipUnderTest> {
  await using opened = new AsyncDisposableStack()
  const server = peer ?? opened.use(await startOurs())
  const phonePort = setup === 'connects' ? await freePort() : undefined
  if (phonePort !== undefined) opened.use(startPhone(phonePort))
  const app = opened.use(await startApp(setup, server, phonePort))
  const serverPid = peer ? await processOnPort(peer.port) : (server as { pid?: number }).pid
  const stack = opened.move()
  return { to: app.to, appPid: app.pid, serverPid, [Symbol.asyncDispose]: () => stack.disposeAsync() }
}

async function startOurs(): Promise<Peer & AsyncDisposable & { readonly pid: number }> {
  const secret = 'bench'
  const server = await ServerProcess.start({
    name: 'sip',
    script: 'gateway/sip/src/main.ts',
    env: {
      RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0',
      RINGDOWN_SIP_ADMIN_PORT: '0',
      RINGDOWN_SIP_SECRET: secret,
    },
  })
  const { port } = (server.ready as { admin: { port: number } }).admin
  return {
    host: '127.0.0.1',
    port,
    secret,
    pid: server.pid,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

type App = AsyncDisposable & { readonly pid: number; readonly to: string }

async function startApp(setup: SipSetup, { host, port, secret }: Peer, phonePort: number | undefined): Promise<App> {
  const script = join(import.meta.dirname, setup === 'answers' ? 'answering-app.ts' : 'connecting-app.ts')
  const args = [script, host, String(port), secret, String(phonePort ?? '')]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string]
  const { hostports } = JSON.parse(line) as { hostports: string }
  const to = /udp\/([^,]+)/.exec(hostports)?.[1]
  if (to === undefined) throw new Error(`the SIP server does not listen on UDP: ${hostports}`)
  return { pid: child.pid ?? 0, to, [Symbol.asyncDispose]: () => end(child) }
}

/** SIPp as the phone that calls are connected to: answers at once. */
function startPhone(port: number): AsyncDisposable {
  const args = ['-sn', 'uas', '-nostdin', '-i', '127.0.0.1', '-p', String(port)]
  const child = spawn('sipp', args, { stdio: 'ignore' })
  return { [Symbol.asyncDispose]: () => end(child) }
}

async function end(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'close')
}
