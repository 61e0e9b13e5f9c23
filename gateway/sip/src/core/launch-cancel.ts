import type { OutgoingHeader } from '../message/write-message.ts'
import { NonInviteClient } from '../transaction/non-invite-client.ts'
import type { Flow } from '../transport/flow.ts'
import { composeRequest, type RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'

/** Sends the CANCEL of an INVITE of ours, whose answer nobody waits for (RFC 3261 section 9.1). */
export function launchCancel(core: Core, base: RequestBase, flow: Flow, headers: readonly OutgoingHeader[] = []): void {
  const machine = new NonInviteClient(composeRequest(base, 'CANCEL', headers), flow, core.scheduler, core.timers, {
    responded() {},
    failed() {},
    ended: () => core.transactions.removeClient(base.branch, 'CANCEL'),
  })
  core.transactions.addClient(base.branch, 'CANCEL', machine)
  core.metrics.requestSent('CANCEL')
  machine.start()
}
