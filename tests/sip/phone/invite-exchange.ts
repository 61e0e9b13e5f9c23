import type { Endpoint } from './address.ts'
import type { ClientTransaction } from './client-transaction.ts'
import { required, type SipRequest, type SipResponse, tagOf } from './message.ts'
import type { UserAgent } from './user-agent.ts'

export type Acknowledgement = { request: SipRequest; target: Endpoint }

export type InviteListener = {
  provisional?(response: SipResponse, request: SipRequest): void
  /** First 2xx of a callee; the ACK it returns is sent, and sent again for each repetition of that 2xx. */
  success(response: SipResponse, request: SipRequest): Acknowledgement | undefined
  failure(response: SipResponse): void
  timeout(): void
}

/** Sends an INVITE, first or re-, answering one digest challenge. `started` is told of each attempt. */
export function startInvite(
  agent: UserAgent,
  invite: SipRequest,
  target: () => Endpoint,
  nextCseq: () => number,
  listener: InviteListener,
  options: { neverAck?: boolean; started?: (transaction: ClientTransaction) => void } = {},
): void {
  const acknowledgements = new Map<string, Acknowledgement | undefined>()
  attempt(invite, true)

  function attempt(request: SipRequest, mayProve: boolean): void {
    const to = target()
    const transaction = agent.start(
      request,
      to,
      {
        provisional: (response) => listener.provisional?.(response, request),
        timeout: () => listener.timeout(),
        final: (response) => {
          if (response.status < 300) return succeed(response, request)
          const proved = mayProve ? agent.authorized(request, response, nextCseq) : undefined
          if (proved) attempt(proved, false)
          else listener.failure(response)
        },
      },
      { ackFailures: !options.neverAck },
    )
    options.started?.(transaction)
  }

  function succeed(response: SipResponse, request: SipRequest): void {
    const callee = tagOf(required(response, 'To')) ?? ''
    if (!acknowledgements.has(callee)) acknowledgements.set(callee, listener.success(response, request))
    const ack = acknowledgements.get(callee)
    if (ack) agent.wire.send(ack.request, ack.target)
  }
}
