import type { Dialog } from '../dialog/dialog.ts'
import { Headers } from '../message/headers.ts'
import { SipResponse } from '../message/message.ts'
import { NonInviteClient } from '../transaction/non-invite-client.ts'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { RequestBase } from './compose-request.ts'
import type { Core } from './core.ts'
import { deliverResponse } from './deliver.ts'
import { refreshTarget, setRoutes } from './dialog-target.ts'
import type { Elsewhere } from './elsewhere.ts'
import { keepSessionAsUac } from './keep-session.ts'

/** A request of an application that is not an INVITE, until its final response. An `ending` one takes its dialog along. */
export class ClientRequest {
  private readonly core: Core
  private readonly app: AppConnection
  private readonly txnId: string
  private readonly method: string
  private base: RequestBase
  private flow: Flow
  private readonly dialog: Dialog<AppConnection> | undefined
  private readonly ending: boolean
  private readonly elsewhere: Elsewhere | undefined

  constructor(
    core: Core,
    app: AppConnection,
    txnId: string,
    method: string,
    base: RequestBase,
    flow: Flow,
    dialog: Dialog<AppConnection> | undefined,
    ending = false,
    elsewhere?: Elsewhere,
  ) {
    this.core = core
    this.app = app
    this.txnId = txnId
    this.method = method
    this.base = base
    this.flow = flow
    this.dialog = dialog
    this.ending = ending
    this.elsewhere = elsewhere
  }

  start(bytes: Buffer): void {
    const { core, base, method, flow } = this
    const user = {
      responded: (response: SipResponse, from: Flow) => this.responded(response, from),
      failed: (why: 'timeout' | 'transport') => this.failed(why),
      ended: () => core.transactions.removeClient(base.branch, method),
    }
    const observer = core.metrics.sessions.watch('out', method, this.dialog !== undefined)
    const machine = new NonInviteClient(bytes, flow, core.scheduler, core.timers, user, observer)
    core.transactions.addClient(base.branch, method, machine)
    machine.start()
  }

  responded(response: SipResponse, from: Flow): void {
    if (response.status === 100) return
    if (response.status === 503 && this.goElsewhere()) return
    this.follow(response, from)
    deliverResponse(this.app, response, from, this.txnId, this.dialog?.id ?? '')
  }

  failed(why: 'timeout' | 'transport'): void {
    if (this.goElsewhere()) return
    const response = localResponse(this.base, this.method, why)
    this.follow(response, this.flow)
    deliverResponse(this.app, response, this.flow, this.txnId, this.dialog?.id ?? '')
  }

  private goElsewhere(): boolean {
    const next = this.elsewhere?.()
    if (!next) return false
    this.base = next.base
    this.flow = next.flow
    this.start(next.bytes)
    return true
  }

  /** What the response means for the dialog. */
  private follow(response: SipResponse, from: Flow): void {
    const { core, dialog, method } = this
    if (!dialog || response.status < 200) return
    const { status } = response
    const success = status < 300
    if (method === 'UPDATE' && success) {
      refreshTarget(dialog, response, from, core.policy.natDetection)
      keepSessionAsUac(core, dialog, response)
    } else if (method === 'SUBSCRIBE' && dialog.state === 'early') {
      if (!success) {
        core.dialogs.remove(dialog)
        return
      }
      dialog.state = 'confirmed'
      dialog.remoteTag = response.toTag
      setRoutes(dialog, response)
      refreshTarget(dialog, response, from, core.policy.natDetection)
    } else if (this.ending && status !== 401 && status !== 407) core.dialogs.remove(dialog)
  }
}

/** A final response the server makes up for an application, when the network has none (RFC 3261 section 8.1.3.1). */
export function localResponse(
  { via, from, to, callId, seq }: RequestBase,
  method: string,
  why: 'timeout' | 'transport' | 'cancelled',
): SipResponse {
  const [status, reason] = madeUp[why]
  const lines = [
    { key: 'via', name: 'Via', value: via },
    { key: 'from', name: 'From', value: from },
    { key: 'to', name: 'To', value: to },
    { key: 'call-id', name: 'Call-ID', value: callId },
    { key: 'cseq', name: 'CSeq', value: `${seq} ${method}` },
    { key: 'content-length', name: 'Content-Length', value: '0' },
  ]
  let head = `SIP/2.0 ${status} ${reason}\r\n`
  for (const { name, value } of lines) head += `${name}: ${value}\r\n`
  return new SipResponse(status, reason, head, new Headers(lines), Buffer.alloc(0))
}

const madeUp = {
  timeout: [408, 'Request Timeout'],
  transport: [503, 'Service Unavailable'],
  cancelled: [487, 'Request Terminated'],
} as const
