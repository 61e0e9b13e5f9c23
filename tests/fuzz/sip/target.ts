import { readFile } from 'node:fs/promises'
import { connectApp, type Request, type Response } from '../../../gateway/sip/testing/srf-app.ts'
import { secret } from '../../../gateway/sip/testing/test-server.ts'
import { sdp } from '../../../gateway/sip/testing/wire-phone.ts'
import { ServerProcess } from '../../desk/server-process.ts'

type Endpoint = { readonly host: string; readonly port: number }

/** A SIP server process with short timers and an application behind it, and what can be seen of its health. */
export type Target = AsyncDisposable & {
  readonly udp: Endpoint
  readonly tcp: Endpoint
  memoryMb(): Promise<number>
  /** The name and number of what is still in its tables; undefined when they are empty. */
  kept(): Promise<string | undefined>
  log(): string
}

export async function startTarget(): Promise<Target> {
  await using opened = new AsyncDisposableStack()
  const server = opened.use(
    await ServerProcess.start({
      name: 'sip',
      script: 'gateway/sip/src/main.ts',
      env: {
        RINGDOWN_SIP_SECRET: secret,
        RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0,tcp:127.0.0.1:0',
        ...{ RINGDOWN_SIP_ADMIN_PORT: '0', RINGDOWN_SIP_METRICS_PORT: '0' },
        ...{ RINGDOWN_SIP_T1_MS: '10', RINGDOWN_SIP_T2_MS: '40', RINGDOWN_SIP_T4_MS: '50' },
        ...{ RINGDOWN_SIP_ANSWER_TIMEOUT_MS: '500', RINGDOWN_SIP_OVERLOAD_MIN_CALLS: '1000000' },
      },
    }),
  )
  const { admin, ops, listeners } = server.ready as { admin: Endpoint; ops: Endpoint; listeners: [Endpoint, Endpoint] }
  opened.use(await connectApp({ admin }, answerEverything))
  const stack = opened.move()
  const tables = /^ringdown_sip_(?:server_transactions|client_transactions|pending_requests) [1-9].*$/m
  return {
    udp: listeners[0],
    tcp: listeners[1],
    async memoryMb() {
      const pages = Number((await readFile(`/proc/${server.pid}/statm`, 'utf8')).split(' ')[1])
      return Math.round((pages * 4096) / 2 ** 20)
    },
    async kept() {
      const metrics = await (await fetch(`http://127.0.0.1:${ops.port}/metrics`)).text()
      return (tables.exec(metrics) ?? /^.*internal_error.*$/m.exec(metrics))?.[0]
    },
    log: () => server.printedLog(0, 20),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  }
}

/** Answers every request, and sometimes has the To tag that requests in dialogs of the corpus name. */
function answerEverything(srf: Parameters<NonNullable<Parameters<typeof connectApp>[1]>>[0]): void {
  srf.invite((request, response) => {
    const headers = { To: '<sip:bob@127.0.0.1>;tag=fixed' }
    srf.createUAS(request, response, { localSdp: sdp, headers }).then(
      (dialog) => dialog.on('modify', (_request: Request, answer: Response) => answer.send(200, { body: sdp })),
      () => {},
    )
  })
  const ok = (_request: Request, response: Response) => response.send(200)
  for (const handle of [srf.register, srf.options, srf.message, srf.refer]) handle.call(srf, ok)
}
