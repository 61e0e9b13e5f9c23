import type { Core } from './core.ts'
import { answer, type IncomingRequest } from './incoming-request.ts'

const methods =
  'INVITE, ACK, CANCEL, BYE, OPTIONS, REGISTER, INFO, MESSAGE, NOTIFY, PRACK, PUBLISH, REFER, SUBSCRIBE, UPDATE'

/**
 * Answers an OPTIONS outside dialogs as the operator wants it: 200 while calls are taken, 503 while there is no application
 * or handler for them (RFC 3261 section 11.2). False when it is the applications' to answer.
 */
export function answerOptions(core: Core, incoming: IncomingRequest): boolean {
  const { policy, routes, handlers } = core
  if (incoming.request.method !== 'OPTIONS' || policy.answerOptions === 'never') return false
  const wanted = handlers.find('OPTIONS') !== undefined || routes.has('options')
  if (policy.answerOptions === 'unrouted' && wanted) return false
  const taken = !core.intake.draining && (handlers.find('INVITE') !== undefined || routes.has('invite'))
  const able = [
    ['Allow', methods],
    ['Accept', 'application/sdp'],
    ['Supported', '100rel, timer, path'],
  ] as const
  if (taken) answer(core, incoming, 200, 'OK', able)
  else answer(core, incoming, 503, 'Service Unavailable')
  return true
}
