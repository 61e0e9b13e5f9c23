import type { Logger } from 'pino'
import type { Capture } from '../capture.ts'
import type { Dialogs } from '../dialog/dialogs.ts'
import type { Intake } from '../limits/intake.ts'
import type { Metrics } from '../metrics.ts'
import type { RequestHandlers } from '../outbound/request-handlers.ts'
import type { ChallengedTargets } from '../proxy/challenged-targets.ts'
import type { Seal } from '../proxy/seal.ts'
import type { Scheduler } from '../transaction/scheduler.ts'
import type { Timers } from '../transaction/timers.ts'
import type { Transactions } from '../transaction/transactions.ts'
import type { Resolver } from '../transport/resolve.ts'
import type { Transports } from '../transport/transports.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import type { CallRecords } from '../wire/call-records.ts'
import type { Routes } from '../wire/routes.ts'
import type { Apps } from '../wire/serve-app.ts'
import type { ClientInvite } from './client-invite.ts'
import type { IncomingRequest } from './incoming-request.ts'
import type { RegisteredFlows } from './registered-flows.ts'

/** What every deed of the server works on: the tables of living things, and the ways out. */
export type Core = {
  readonly log: Logger
  readonly timers: Timers
  readonly scheduler: Scheduler
  readonly resolver: Resolver
  readonly transports: Transports
  readonly transactions: Transactions<IncomingRequest>
  readonly dialogs: Dialogs<AppConnection>
  /** Requests from the network that an application has still to answer, by txnId. */
  readonly incoming: Map<string, IncomingRequest>
  /** INVITEs of applications without a final response, by txnId. */
  readonly outgoing: Map<string, ClientInvite>
  readonly routes: Routes
  readonly apps: Apps
  readonly handlers: RequestHandlers
  readonly registered: RegisteredFlows
  /** Which destinations of proxied requests asked for credentials. */
  readonly challenged: ChallengedTargets
  readonly seal: Seal
  readonly callRecords: CallRecords
  readonly capture: Capture
  readonly metrics: Metrics
  /** Decides what new requests are taken. */
  readonly intake: Intake
  readonly policy: Policy
}

/** Choices an operator may make. */
export type Policy = {
  /** How long an application may leave an INVITE without any response, in ms. */
  readonly answerTimeoutMs: number
  /** Route in-dialog requests of far ends behind NAT to where they came from. */
  readonly natDetection: boolean
  /** Timer C: how long a proxied INVITE may ring without news, in ms (RFC 3261 section 16.6). */
  readonly timerCMs: number
  /** How long a request handler may take, or an application it names to authenticate, in ms. */
  readonly handlerTimeoutMs: number
  /** Check the certificates of handlers and of applications connected to. */
  readonly handlerVerify: boolean
  /** The shortest session interval that is taken, in seconds (RFC 4028: not below 90). */
  readonly minSessionS: number
  /** Who refreshes when a caller wants a session timer and leaves that open; `none` declines it. */
  readonly sessionRefresher: 'none' | 'uac' | 'uas'
  /** Whether the server answers OPTIONS outside dialogs: not at all, when no application wants them, or all of them. */
  readonly answerOptions: 'never' | 'unrouted' | 'always'
  /** What becomes of requests in a dialog that waits for adoption; a BYE always ends it. */
  readonly orphanRequests: 'hold' | 'refuse'
  /** How long a dialog may outlive its application before it is ended, in ms. */
  readonly orphanDialogMs: number
}
