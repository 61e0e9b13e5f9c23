import { performance } from 'node:perf_hooks'
import type { SipRequest } from '../message/message.ts'
import type { Metrics } from '../metrics.ts'
import type { Load } from '../overload/load.ts'
import type { Flow } from '../transport/flow.ts'
import type { SourceWatch } from './source-watch.ts'

/** `undefined` as status: no answer at all. */
export type Refusal = {
  readonly status: number | undefined
  readonly reason: string
  readonly headers: readonly (readonly [string, string])[]
}

export type IntakeSettings = {
  /** What sources get that are banned, scan or send too much: nothing, or 603. */
  readonly refuseWith: 'drop' | '603'
  /** How often the load is looked at. */
  readonly windowMs: number
  /** Put into Retry-After, up to twice this. */
  readonly retryAfterS: number
}

const declined: Refusal = { status: 603, reason: 'Decline', headers: [] }
const dropped: Refusal = { status: undefined, reason: '', headers: [] }

/**
 * Decides what new requests are taken: by who sends them, by how busy we are, and whether we are about to stop. Requests
 * in dialogs, ACK and CANCEL never come here: they end or settle what is there already.
 */
export class Intake implements Disposable {
  readonly sources: SourceWatch
  private readonly load: Load
  private readonly settings: IntakeSettings
  private readonly metrics: Metrics
  private readonly timer: NodeJS.Timeout
  private appDelays: number[] = []
  private calls = 0
  /** Adds up shares until a whole call may be taken: a share of 0.5 takes every other one. */
  private credit = 1
  draining = false

  constructor(sources: SourceWatch, load: Load, settings: IntakeSettings, metrics: Metrics) {
    this.sources = sources
    this.load = load
    this.settings = settings
    this.metrics = metrics
    let last = performance.eventLoopUtilization()
    this.timer = setInterval(() => {
      const now = performance.eventLoopUtilization()
      const { utilization } = performance.eventLoopUtilization(now, last)
      last = now
      load.observe({ utilization, calls: this.calls, appDelays: this.appDelays })
      this.appDelays = []
      this.calls = 0
    }, settings.windowMs).unref()
  }

  /** Share of new calls that is taken at present, 0 to 1. */
  get share(): number {
    return this.draining ? 0 : this.load.share
  }

  /** Before anything is read: false for what comes from a banned source. */
  admits(host: string): boolean {
    if (this.settings.refuseWith === '603' || !this.sources.isBanned(host, Date.now())) return true
    this.metrics.refused.inc({ reason: 'banned' })
    return false
  }

  /** What a new request gets instead of being taken; undefined when it is taken. */
  refusal(request: SipRequest, flow: Flow): Refusal | undefined {
    const suspicion = this.sources.suspect(request, flow.remote.host, Date.now())
    if (suspicion !== undefined) {
      this.metrics.refused.inc({ reason: suspicion })
      return this.settings.refuseWith === '603' ? declined : dropped
    }
    if (this.draining) return this.busy('draining')
    if (request.method !== 'INVITE') return undefined
    this.calls++
    if (this.load.share === 1) return undefined
    this.credit += this.load.share
    if (this.credit < 1) return this.busy('overload')
    this.credit -= 1
    return undefined
  }

  /** What came was no sound request. */
  noise(flow: Flow): void {
    this.sources.noise(flow.remote.host, Date.now())
  }

  /** Who wants to hear of the responses to a request that was taken: guessed passwords, slow applications. */
  observe(request: SipRequest, flow: Flow): ((status: number, bytes: Buffer) => void) | undefined {
    if (request.toTag !== '') return undefined
    const hasCredentials = request.headers.has('authorization') || request.headers.has('proxy-authorization')
    const sentAt = request.method === 'INVITE' ? performance.now() : undefined
    let first = true
    return (status, bytes) => {
      if (status > 100 && first && sentAt !== undefined) this.appDelays.push(performance.now() - sentAt)
      if (status > 100) first = false
      if (isFailure(status, hasCredentials, bytes)) this.sources.failure(flow.remote.host, Date.now())
    }
  }

  /** From now on nothing new is taken. */
  drain(): void {
    this.draining = true
  }

  [Symbol.dispose](): void {
    clearInterval(this.timer)
  }

  private busy(reason: 'overload' | 'draining'): Refusal {
    this.metrics.refused.inc({ reason })
    const seconds = Math.ceil(this.settings.retryAfterS * (1 + Math.random()))
    return { status: 503, reason: 'Service Unavailable', headers: [['Retry-After', String(seconds)]] }
  }
}

/** A challenge to credentials whose nonce was only too old is none. */
function isFailure(status: number, hasCredentials: boolean, bytes: Buffer): boolean {
  if (status === 403) return true
  if (!hasCredentials || (status !== 401 && status !== 407)) return false
  return !/stale\s*=\s*"?true/i.test(bytes.toString('latin1'))
}
