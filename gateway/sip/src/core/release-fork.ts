import { Dialog } from '../dialog/dialog.ts'
import type { SipResponse } from '../message/message.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { ClientInvite } from './client-invite.ts'
import type { Core } from './core.ts'
import { refreshTarget, setRoutes } from './dialog-target.ts'
import { acknowledgeAndEnd } from './send-ack.ts'

/**
 * A second branch of a forked INVITE answered too. An application can have one dialog per INVITE only, so this one is
 * acknowledged and ended at once (RFC 3261 section 13.2.2.4). Each repetition of the 2xx does the same again.
 */
export function releaseFork(core: Core, invite: ClientInvite, response: SipResponse, from: Flow): void {
  const fork = new Dialog<AppConnection | undefined>({ ...invite.dialog.origin, owner: undefined })
  fork.remoteTag = response.toTag
  fork.localSeq = invite.base.seq
  fork.unacknowledged = invite.base.seq
  fork.state = 'confirmed'
  setRoutes(fork, response)
  refreshTarget(fork, response, from, core.policy.natDetection)
  acknowledgeAndEnd(core, fork as Dialog<AppConnection>, 'other branch answered first')
}
