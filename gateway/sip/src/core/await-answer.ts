import { InviteServer } from '../transaction/invite-server.ts'
import { transactionLifetime } from '../transaction/timers.ts'
import type { Core } from './core.ts'
import { giveUpInvite } from './give-up-invite.ts'
import { type IncomingRequest, settle } from './incoming-request.ts'

/** An INVITE that nobody answers gets 408; anything else is forgotten, because its sender has given up (RFC 4320). */
export function awaitAnswer(core: Core, incoming: IncomingRequest): void {
  const { machine } = incoming.transaction
  if (machine instanceof InviteServer) {
    machine.startEnding(core.policy.answerTimeoutMs, () => giveUpInvite(core, incoming, 408, 'Request Timeout'))
    return
  }
  machine.startEnding(transactionLifetime(core.timers), () => {
    settle(core, incoming)
    machine.handle('abort')
  })
}
