import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import type { Core } from '../core/core.ts'
import { handOver } from '../core/hand-over.ts'
import { answer, type IncomingRequest } from '../core/incoming-request.ts'
import { serveApp } from '../wire/serve-app.ts'
import type { AppPlace } from './request-handlers.ts'

/**
 * Connects to an application for one request, which it gets once it has authenticated. The connection stays for the
 * dialog; the application closes it. An application that can not be had costs the caller a 480.
 */
export function handToApp(core: Core, incoming: IncomingRequest, { host, port, tls }: AppPlace): void {
  const socket = tls
    ? connectTls({ host, port, rejectUnauthorized: core.policy.handlerVerify })
    : connect({ host, port })
  socket.setNoDelay(true)
  let handedOver = false
  const patience = core.scheduler.after(core.policy.handlerTimeoutMs, () => socket.destroy())
  serveApp(core, socket, {
    authenticated(app) {
      core.scheduler.cancel(patience)
      if (handedOver) return
      handedOver = true
      // The caller may have given up meanwhile.
      if (core.incoming.has(incoming.txnId)) handOver(incoming, app)
      else app.end()
    },
    gone() {
      core.scheduler.cancel(patience)
      if (!handedOver && core.incoming.has(incoming.txnId)) answer(core, incoming, 480, 'Temporarily Unavailable')
    },
  })
}
