import type { Core } from '../core/core.ts'
import { answer, type IncomingRequest } from '../core/incoming-request.ts'
import { askHandler } from './ask-handler.ts'
import { carryOut } from './carry-out.ts'
import { handToApp } from './hand-to-app.ts'
import type { RequestHandler } from './request-handlers.ts'

/** Lets a handler decide about a request outside any dialog. Whatever goes wrong with it costs the caller a 500. */
export function routeByHandler(core: Core, incoming: IncomingRequest, handler: RequestHandler): void {
  if (handler.kind === 'app') {
    handToApp(core, incoming, handler.place)
    return
  }
  const { handlerTimeoutMs: timeoutMs, handlerVerify: verify } = core.policy
  askHandler(incoming, handler, { timeoutMs, verify })
    .then((decision) => {
      // The caller may have given up meanwhile.
      if (core.incoming.has(incoming.txnId)) carryOut(core, incoming, decision)
    })
    .catch((error: unknown) => {
      core.log.warn(
        { err: error, handler: handler.url.host, callId: incoming.request.callId },
        'no decision of the handler',
      )
      if (core.incoming.has(incoming.txnId)) answer(core, incoming, 500, 'Server Internal Error')
    })
}
