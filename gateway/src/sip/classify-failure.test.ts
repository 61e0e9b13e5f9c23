import { expect, it } from 'vitest'
import { classifyEnd, type LegEnd, offerOutcomeOf } from './classify-failure.ts'

const response = (status: number, rang = false): LegEnd => ({ by: 'response', status, rang })
const bye = (reason: string): LegEnd => ({ by: 'bye', reason })

it.each([
  ['busy here', response(486, true), 'agent', 'busy', 'rejected'],
  ['busy everywhere', response(600), 'agent', 'busy', 'rejected'],
  ['declined', response(603, true), 'agent', 'rejected', 'rejected'],
  ['unwanted', response(607, true), 'agent', 'rejected', 'rejected'],
  ['forbidden', response(403), 'agent', 'rejected', 'rejected'],
  ['phone gives up ringing', response(408, true), 'agent', 'no_answer', 'expired'],
  ['phone never answered the INVITE', response(408), 'network', 'unreachable', 'device_failed'],
  ['cancelled by us', response(487, true), 'agent', 'cancelled', 'expired'],
  ['unknown extension', response(404), 'network', 'unreachable', 'device_failed'],
  ['phone away', response(480), 'network', 'unreachable', 'device_failed'],
  ['moved', response(302), 'network', 'unreachable', 'device_failed'],
  ['no codec', response(488), 'agent', 'no_common_codec', 'device_failed'],
  ['overloaded', response(503), 'network', 'unreachable', 'device_failed'],
  ['server failure', response(500), 'network', 'error', 'device_failed'],
  ['not sent', { by: 'failure' }, 'network', 'error', 'device_failed'],
  ['our SIP server lost', { by: 'server' }, 'system', 'unreachable', 'device_failed'],
] as const)('[LG2] an agent’s phone, dialled: %s', (_, end, party, reason, outcome) => {
  const termination = classifyEnd(end, 'agent')
  expect(termination).toEqual({ party, reason })
  expect(offerOutcomeOf(termination)).toBe(outcome)
})

it.each([
  ['hangs up', bye('normal release'), 'caller', 'normal'],
  ['never acknowledges', bye('ACK timeout'), 'network', 'ack_timeout'],
  ['cancels too late', bye('CANCEL after 200 OK'), 'caller', 'cancelled'],
  ['is gone for the session timer', bye('Session timer expired'), 'network', 'unreachable'],
  ['cancels', { by: 'cancel' }, 'caller', 'cancelled'],
  ['is not heard any more', { by: 'silence' }, 'network', 'media_timeout'],
  ['called an unknown number', { by: 'refusal', status: 404 }, 'system', 'unknown_number'],
  ['has no codec of ours', { by: 'refusal', status: 488 }, 'system', 'no_common_codec'],
  ['may not call', { by: 'refusal', status: 403 }, 'system', 'rejected'],
  ['comes while the media server is away', { by: 'refusal', status: 503 }, 'system', 'unreachable'],
  ['meets a fault', { by: 'refusal', status: 500 }, 'system', 'error'],
] as const)('[LG2] a caller %s', (_, end, party, reason) => {
  expect(classifyEnd(end, 'caller')).toEqual({ party, reason })
})
