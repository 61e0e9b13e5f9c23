import { performance } from 'node:perf_hooks'
import type { ReceiveStats } from './receive-stats.ts'
import { ntpMiddle, parseRtcp, writeReport } from './rtcp.ts'
import type { StreamOut } from './stream-out.ts'

/** RFC 3550 6.2 minimum interval. */
const REPORT_INTERVAL_MS = 5_000
/** 15 ms, in units of 1/65536 s. */
const ROUNDING_UNITS = 1_000
const CNAME = 'media@ringdown'

/** Sends reports about one leg's two streams and learns round trip and loss from the other side's. */
export class RtcpSession {
  readonly #sent: StreamOut
  readonly #heard: ReceiveStats
  #nextAt: number
  #lastSenderReport: { ntp: number; at: number } | undefined
  roundTripMs: number | null = null
  remoteLoss: number | null = null
  /** Listening quality that the other side reports, RFC 3611 4.7.5. */
  remoteMos: number | null = null

  constructor(sent: StreamOut, heard: ReceiveStats) {
    this.#sent = sent
    this.#heard = heard
    this.#nextAt = performance.now() + REPORT_INTERVAL_MS * (0.5 + Math.random())
  }

  /** The report that is due, if one is. @param at monotonic clock in ms */
  due(at: number): Buffer | undefined {
    if (at < this.#nextAt || (this.#sent.packets === 0 && this.#heard.received === 0)) return undefined
    this.#nextAt = at + REPORT_INTERVAL_MS * (0.5 + Math.random())
    const last = this.#lastSenderReport && {
      ntp: this.#lastSenderReport.ntp,
      agoMs: at - this.#lastSenderReport.at,
    }
    const sender = {
      ssrc: this.#sent.ssrc,
      rtpTimestamp: this.#sent.timestampAt(at),
      packets: this.#sent.packets,
      octets: this.#sent.octets,
    }
    const block = this.#heard.received > 0 ? this.#heard.report() : undefined
    return writeReport(sender, block, last, CNAME, epoch(at))
  }

  receive(data: Buffer, at: number): void {
    const report = parseRtcp(data, this.#sent.ssrc)
    if (!report) return
    if (report.senderReportNtp !== undefined) this.#lastSenderReport = { ntp: report.senderReportNtp, at }
    if (report.mos !== undefined) this.remoteMos = report.mos
    if (!report.block) return
    this.remoteLoss = report.block.fractionLost
    if (report.block.lastSenderReport === 0) return
    const units = (ntpMiddle(epoch(at)) - report.block.lastSenderReport - report.block.delaySinceLast) | 0
    // Rounding on both sides can make a very short trip negative; much less than nothing is nonsense.
    if (units > -ROUNDING_UNITS) this.roundTripMs = Math.max(0, (units * 1_000) / 65_536)
  }
}

function epoch(at: number): number {
  return performance.timeOrigin + at
}
