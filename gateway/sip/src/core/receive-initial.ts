import type { SipRequest } from '../message/message.ts'
import { routeByHandler } from '../outbound/route-by-handler.ts'
import { passedBefore } from '../proxy/loop.ts'
import type { Flow } from '../transport/flow.ts'
import { answerOptions } from './answer-options.ts'
import { awaitAnswer } from './await-answer.ts'
import type { Core } from './core.ts'
import { handOver } from './hand-over.ts'
import { answer, openRequest } from './incoming-request.ts'
import { tooShortSession } from './negotiate-session.ts'

/** What a request gets when no application takes its method (wire protocol, section 9). Others get 501. */
const unroutable: Readonly<Record<string, readonly [status: number, reason: string]>> = {
  INVITE: [503, 'Service Unavailable'],
  REGISTER: [503, 'Service Unavailable'],
  MESSAGE: [503, 'Service Unavailable'],
  OPTIONS: [503, 'Service Unavailable'],
  INFO: [503, 'Service Unavailable'],
  NOTIFY: [503, 'Service Unavailable'],
  SUBSCRIBE: [503, 'Service Unavailable'],
  PUBLISH: [503, 'Service Unavailable'],
  REFER: [405, 'Method Not Allowed'],
  BYE: [481, 'Call/Transaction Does Not Exist'],
  UPDATE: [481, 'Call/Transaction Does Not Exist'],
  PRACK: [481, 'Call/Transaction Does Not Exist'],
}

/** A request outside any dialog: to the handler of its method, else to the application whose turn it is. */
export function receiveInitial(core: Core, request: SipRequest, flow: Flow): void {
  const passed = passedBefore(core.seal, core.transports, request)
  const merged = passed !== 'spiral' && core.transactions.isMerged(request)
  const incoming = openRequest(core, request, flow)
  if (merged || passed === 'loop') {
    answer(core, incoming, 482, 'Loop Detected')
    return
  }
  if (answerOptions(core, incoming)) return
  const minSession = request.method === 'INVITE' ? tooShortSession(request, core.policy) : undefined
  if (minSession !== undefined) {
    answer(core, incoming, 422, 'Session Interval Too Small', [['Min-SE', String(minSession)]])
    return
  }
  const handler = core.handlers.find(request.method)
  const app = handler ? undefined : core.routes.next(request.method.toLowerCase())
  if (!app && !handler) {
    const [status, reason] = unroutable[request.method] ?? [501, 'Not Implemented']
    answer(core, incoming, status, reason)
    return
  }
  core.incoming.set(incoming.txnId, incoming)
  if (request.method === 'INVITE') {
    answer(core, incoming, 100, 'Trying')
    core.callRecords.attempt('network', request)
  }
  awaitAnswer(core, incoming)
  if (handler) routeByHandler(core, incoming, handler)
  else if (app) handOver(incoming, app)
}
