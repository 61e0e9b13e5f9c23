import { expect, it } from 'vitest'
import { classifyBye, classifyStatus, offerOutcomeOf } from './classify-failure.ts'

it.each([
  ['busy here', 486, true, 'agent', 'busy', 'rejected'],
  ['busy everywhere', 600, false, 'agent', 'busy', 'rejected'],
  ['declined', 603, true, 'agent', 'rejected', 'rejected'],
  ['unwanted', 607, true, 'agent', 'rejected', 'rejected'],
  ['forbidden', 403, false, 'agent', 'rejected', 'rejected'],
  ['phone gives up ringing', 408, true, 'agent', 'no_answer', 'expired'],
  ['phone never answered the INVITE', 408, false, 'network', 'unreachable', 'device_failed'],
  ['cancelled by us', 487, true, 'agent', 'cancelled', 'expired'],
  ['unknown extension', 404, false, 'network', 'unreachable', 'device_failed'],
  ['phone away', 480, false, 'network', 'unreachable', 'device_failed'],
  ['moved', 302, false, 'network', 'unreachable', 'device_failed'],
  ['no codec', 488, false, 'agent', 'no_common_codec', 'device_failed'],
  ['overloaded', 503, false, 'network', 'unreachable', 'device_failed'],
  ['server failure', 500, false, 'network', 'error', 'device_failed'],
] as const)('%s: %i', (_, status, rang, party, reason, outcome) => {
  const termination = classifyStatus(status, rang)
  expect(termination).toEqual({ party, reason })
  expect(offerOutcomeOf(termination)).toBe(outcome)
})

it.each([
  ['normal release', 'caller', 'normal'],
  ['ACK timeout', 'network', 'ack_timeout'],
  ['CANCEL after 200 OK', 'caller', 'cancelled'],
  ['Session timer expired', 'network', 'unreachable'],
] as const)('BYE with %s', (text, party, reason) => {
  expect(classifyBye(text, 'caller')).toEqual({ party, reason })
})
