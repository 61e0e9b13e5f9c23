import type { Core } from '../core/core.ts'
import { answer, type IncomingRequest, settle } from '../core/incoming-request.ts'
import { reach } from '../core/reach.ts'
import type { Headers } from '../message/headers.ts'
import type { SipResponse } from '../message/message.ts'
import type { OutgoingHeader } from '../message/write-message.ts'
import { InviteServer } from '../transaction/invite-server.ts'
import type { Flow } from '../transport/flow.ts'
import { bestResponse } from './best-response.ts'
import { Branch, type BranchUser } from './branch.ts'
import { forwardedRequest } from './forward-request.ts'
import { challengesOf, forwardedResponse } from './forward-response.ts'
import { planForwarding } from './plan-forwarding.ts'
import type { ProxyOptions } from './proxy-options.ts'
import { redirectTargets } from './redirect-targets.ts'

/** What the application that asked for it hears of a proxied request. */
export interface ProxyReport {
  final(response: SipResponse, from: Flow, local: boolean): void
  /** Nothing could be sent anywhere. */
  failed(): void
  /** After the last final response; when nobody asked for responses, once the request is out. */
  done(): void
}

type Final = {
  readonly status: number
  readonly local: boolean
  readonly response: SipResponse
  readonly branch: Branch
}

/**
 * A request that is being proxied: the response context of RFC 3261 section 16.
 *
 *   searching ─2xx, or no branch and no destination left─▶ answered
 *
 * A 6xx and a CANCEL end the search for destinations, but the caller gets his answer when the branches have theirs.
 */
export class ProxiedRequest implements BranchUser {
  private readonly core: Core
  private readonly incoming: IncomingRequest
  private readonly options: ProxyOptions
  private readonly extra: Headers
  private readonly report: ProxyReport
  /** Destinations that wait for their turn. */
  private waiting: string[]
  /** Every destination there was, so that a redirection can not go round in circles. */
  private readonly known: Set<string>
  private readonly branches: Branch[] = []
  private readonly finals: Final[] = []
  /** Destinations whose address is being looked up. */
  private lookingUp = 0
  private answered = false

  constructor(
    core: Core,
    incoming: IncomingRequest,
    options: ProxyOptions,
    destinations: readonly string[],
    extra: Headers,
    report: ProxyReport,
  ) {
    this.core = core
    this.incoming = incoming
    this.options = options
    this.extra = extra
    this.report = report
    this.waiting = [...destinations]
    this.known = new Set(destinations)
  }

  start(): void {
    this.proceed()
  }

  /** The caller gave up (section 16.10). */
  cancel(): void {
    this.waiting = []
    this.cancelBranches()
    this.proceed()
  }

  branchResponded(branch: Branch, response: SipResponse, from: Flow, local: boolean): void {
    const { core, incoming } = this
    const { status } = response
    if (status < 200) {
      if (!this.answered) incoming.transaction.machine.respond(status, forwardedResponse(incoming, response))
      return
    }
    if (status < 300) {
      this.succeed(response, from)
      return
    }
    if (this.options.fullResponse) this.report.final(response, from, local)
    if (incoming.request.method === 'INVITE') {
      core.callRecords.stop('network', status === 487 ? 'call-canceled' : 'call-rejected', response)
    }
    if (this.answered) return
    if (this.known.size > 1) core.challenged.remember(response, branch.target, Date.now())
    if (status < 400 && this.options.followRedirects && this.follow(response)) {
      this.proceed()
      return
    }
    this.finals.push({ status, local, response, branch })
    if (status >= 600) {
      this.waiting = []
      this.cancelBranches()
    }
    this.proceed()
  }

  /** A 2xx goes through at once, and to an INVITE each of them, whatever was sent before (section 16.7, step 5). */
  private succeed(response: SipResponse, from: Flow): void {
    const { core, incoming } = this
    const { transaction, request } = incoming
    const bytes = forwardedResponse(incoming, response)
    if (this.answered) {
      if (request.method === 'INVITE') incoming.flow.send(bytes)
      return
    }
    this.answered = true
    this.waiting = []
    this.cancelBranches()
    transaction.machine.respond(response.status, bytes)
    settle(core, incoming)
    if (request.method === 'REGISTER') {
      core.registered.remember(request, incoming.flow, response.headers.get('expires'), Date.now())
    }
    if (request.method === 'INVITE') {
      core.callRecords.start('network', 'proxy-uac', response)
      core.callRecords.startSent('proxy-uas', bytes)
    }
    if (this.options.fullResponse) {
      this.report.final(response, from, false)
      this.report.done()
    }
  }

  /** Adds the Contacts of a 3xx to the destinations. False when there is no new one. */
  private follow(response: SipResponse): boolean {
    const fresh = redirectTargets(response).filter((uri) => !this.known.has(uri))
    for (const uri of fresh) this.known.add(uri)
    this.waiting.push(...fresh)
    return fresh.length > 0
  }

  /** Tries the next destination, all of them, or answers when there is nothing left to wait for. */
  private proceed(): void {
    if (this.answered) return
    while (this.waiting.length > 0 && (this.options.simultaneous || !this.busy)) {
      const target = this.waiting.shift()
      if (target !== undefined) this.attempt(target)
    }
    if (!this.busy && this.waiting.length === 0) this.answerBest()
  }

  private get busy(): boolean {
    return this.lookingUp > 0 || this.branches.some((branch) => branch.open)
  }

  private attempt(target: string): void {
    let immediately = true
    this.lookingUp++
    reach(this.core, target, (reached) => {
      this.lookingUp--
      if ('flow' in reached && !this.answered) this.forward(target, reached.flow)
      if (!immediately) this.proceed()
    })
    immediately = false
  }

  private forward(target: string, flow: Flow): void {
    const { core, incoming, options, extra } = this
    const { base, recorded } = planForwarding(core, incoming, target, flow, options.recordRoute)
    const bytes = forwardedRequest(incoming, { base, recorded, extra })
    const branch = new Branch(core, this, incoming.request.method, target, base, flow)
    this.branches.push(branch)
    core.metrics.requestSent(incoming.request.method)
    if (incoming.request.method === 'INVITE') core.callRecords.attemptSent(bytes)
    branch.start(bytes, options)
    if (!options.fullResponse && this.branches.length === 1) this.report.done()
  }

  private cancelBranches(): void {
    for (const branch of this.branches) if (branch.open) branch.requestCancel()
  }

  private answerBest(): void {
    const { core, incoming, report } = this
    this.answered = true
    if (this.branches.length === 0) {
      answer(core, incoming, 500, 'Server Internal Error')
      report.failed()
      return
    }
    const best = bestResponse(this.finals)
    if (best) this.passOn(best)
    if (this.options.fullResponse) report.done()
  }

  private passOn({ status, local, response }: Final): void {
    const { core, incoming } = this
    const { transaction, request } = incoming
    const { machine } = transaction
    if (!(machine instanceof InviteServer) && local && status === 408) {
      // RFC 4320: the sender of a request that timed out has given up too; an answer now would only do harm.
      settle(core, incoming)
      machine.handle('abort')
      return
    }
    if (local || status === 503) {
      // Section 16.7, step 6: that one destination is out of order does not mean that we are.
      if (status === 503) answer(core, incoming, 500, 'Server Internal Error')
      else answer(core, incoming, status, response.reason)
    } else {
      const asked = status === 401 || status === 407
      machine.respond(status, forwardedResponse(incoming, response, asked ? this.challenges() : undefined))
      settle(core, incoming)
    }
    if (request.method === 'INVITE') {
      core.callRecords.stop('application', status === 487 ? 'call-canceled' : 'call-rejected', response)
    }
  }

  /** Section 16.7, step 7: a caller who is asked by several destinations can answer all in one go. */
  private challenges(): OutgoingHeader[] {
    const asking = this.finals.filter(({ status }) => status === 401 || status === 407)
    return challengesOf(asking.map(({ response }) => response))
  }
}
