import type { SipResponse } from '../message/message.ts'
import { relayResponse } from '../proxy/relay-response.ts'
import type { Flow } from '../transport/flow.ts'
import type { Core } from './core.ts'

/**
 * A response: to its client transaction, or back the way its request was relayed. One that has neither is dropped (RFC
 * 3261 section 18.1.2, RFC 6026).
 */
export function receiveResponse(core: Core, response: SipResponse, flow: Flow): void {
  core.metrics.responseReceived(response.status)
  const machine = core.transactions.findClient(response)
  if (machine) machine.receive(response, flow)
  else if (!relayResponse(core, response)) core.metrics.dropped.inc({ reason: 'stray_response' })
}
