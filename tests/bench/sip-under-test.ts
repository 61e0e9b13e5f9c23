import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { ServerProcess } from '../desk/server-process.ts'

const secret = 'bench'

/** The SIP server as a process, with the smallest application that answers calls. */
export type SipUnderTest = AsyncDisposable & {
  /** `host:port` for SIP over UDP. */
  readonly to: string
}

export async function startSipUnderTest(): Promise<SipUnderTest> {
  await using opened = new AsyncDisposableStack()
  const server = opened.use(
    await ServerProcess.start({
      name: 'sip',
      script: 'gateway/sip/src/main.ts',
      env: {
        RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0',
        RINGDOWN_SIP_ADMIN_PORT: '0',
        RINGDOWN_SIP_SECRET: secret,
      },
    }),
  )
  const { admin, listeners } = server.ready as {
    admin: { port: number }
    listeners: [{ host: string; port: number }]
  }
  opened.use(await startApp(admin.port))
  const stack = opened.move()
  return {
    to: `${listeners[0].host}:${listeners[0].port}`,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
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
