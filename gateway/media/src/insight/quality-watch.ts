import { TICK_MS } from '../engine.ts'
import type { EventData } from '../protocol/events.ts'
import type { ReceiveStats } from '../rtp/receive-stats.ts'
import type { RtcpSession } from '../rtp/rtcp-session.ts'
import { meanOpinionScore } from './mos.ts'

const INTERVAL_TICKS = 5_000 / TICK_MS

export type Quality = Omit<EventData<'leg.quality'>, 'legId'>

/** Sums up every five seconds what a leg heard in them. Intervals in which nothing had to come are passed over. */
export class QualityWatch {
  /** The worst five seconds so far. */
  lowestMos: number | null = null
  readonly #heard: ReceiveStats
  readonly #rtcp: RtcpSession
  readonly #tell: (quality: Quality) => void
  #ticks = 0
  #before = { received: 0, lost: 0 }

  constructor(heard: ReceiveStats, rtcp: RtcpSession, tell: (quality: Quality) => void) {
    this.#heard = heard
    this.#rtcp = rtcp
    this.#tell = tell
  }

  /** To be called every tick. @param expected whether the other side must be sending now */
  tick(expected: boolean): void {
    if (++this.#ticks % INTERVAL_TICKS !== 0) return
    const { received, lost, jitterMs } = this.#heard
    const packets = received - this.#before.received
    // What was lost at the last count may have come late.
    const missing = Math.max(0, lost - this.#before.lost)
    this.#before = { received, lost }
    if (received === 0 || (packets === 0 && !expected)) return
    const { roundTripMs, remoteLoss } = this.#rtcp
    const loss = packets === 0 ? 1 : missing / (missing + packets)
    const mos = meanOpinionScore(loss, jitterMs, roundTripMs ?? 0)
    this.lowestMos = Math.min(this.lowestMos ?? mos, mos)
    this.#tell({ packets, lost: missing, jitterMs, roundTripMs, remoteLoss, mos })
  }
}
