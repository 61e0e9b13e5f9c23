import type { ReportBlock } from './receive-stats.ts'

const SENDER_REPORT = 200
const RECEIVER_REPORT = 201
const SOURCE_DESCRIPTION = 202
/** Seconds from 1900 to 1970, RFC 3550 4. */
const NTP_EPOCH_S = 2_208_988_800
const BLOCK_BYTES = 24
/** RFC 3611. */
const EXTENDED_REPORT = 207
const VOIP_METRICS = 7
const VOIP_METRICS_BYTES = 36
const UNAVAILABLE = 127

/** What a sender report says of our own stream. */
export type SenderInfo = { ssrc: number; rtpTimestamp: number; packets: number; octets: number }
/** When the last sender report came in: its middle 32 NTP bits, and how long ago in ms. */
export type LastSenderReport = { ntp: number; agoMs: number }

/** What an RTCP datagram told. */
export type RtcpReport = {
  /** Middle 32 bits of the sender report's NTP time. */
  senderReportNtp?: number
  /** Listening quality of our stream as the other side heard it, 1..5. */
  mos?: number
  /** What the other side reports about the SSRC asked for. */
  block?: { fractionLost: number; jitter: number; lastSenderReport: number; delaySinceLast: number }
}

/** The middle 32 bits of the NTP time of an instant (ms epoch): units of 1/65536 s. */
export function ntpMiddle(nowMs: number): number {
  return Math.floor((nowMs / 1_000 + NTP_EPOCH_S) * 65_536) % 0x1_0000_0000
}

/**
 * Builds a compound packet: SR (or RR when nothing was sent) with at most one report block, and SDES with a CNAME,
 * RFC 3550 6.1.
 * @param now ms epoch
 */
export function writeReport(
  sender: SenderInfo,
  block: ReportBlock | undefined,
  last: LastSenderReport | undefined,
  cname: string,
  now: number,
): Buffer {
  const blocks = block ? writeBlock(block, last) : Buffer.alloc(0)
  const report = sender.packets > 0 ? senderReport(sender, blocks, now) : receiverReport(sender.ssrc, blocks)
  return Buffer.concat([report, sourceDescription(sender.ssrc, cname)])
}

/** Reads a compound packet. Returns undefined when it is malformed. @param ssrc the stream whose report is wanted */
export function parseRtcp(data: Buffer, ssrc: number): RtcpReport | undefined {
  const report: RtcpReport = {}
  for (let at = 0; at < data.length; ) {
    if (at + 4 > data.length || data[at]! >> 6 !== 2) return undefined
    const type = data[at + 1]!
    const end = at + 4 + data.readUInt16BE(at + 2) * 4
    if (end > data.length) return undefined
    if (type === SENDER_REPORT && end - at >= 28) report.senderReportNtp = data.readUInt32BE(at + 10)
    if (type === SENDER_REPORT || type === RECEIVER_REPORT) {
      const first = at + (type === SENDER_REPORT ? 28 : 8)
      const block = findBlock(data.subarray(0, end), first, data[at]! & 0x1f, ssrc)
      if (block) report.block = block
    }
    if (type === EXTENDED_REPORT) {
      const mos = findMos(data.subarray(0, end), at + 8, ssrc)
      if (mos !== undefined) report.mos = mos
    }
    at = end
  }
  return report
}

function findBlock(data: Buffer, first: number, count: number, ssrc: number): RtcpReport['block'] {
  for (let i = 0, at = first; i < count && at + BLOCK_BYTES <= data.length; i++, at += BLOCK_BYTES) {
    if (data.readUInt32BE(at) !== ssrc) continue
    return {
      fractionLost: data[at + 4]! / 256,
      jitter: data.readUInt32BE(at + 12),
      lastSenderReport: data.readUInt32BE(at + 16),
      delaySinceLast: data.readUInt32BE(at + 20),
    }
  }
  return undefined
}

/** MOS-LQ of the VoIP metrics about our stream, RFC 3611 4.7; undefined where it is not measured. */
function findMos(data: Buffer, first: number, ssrc: number): number | undefined {
  for (let at = first; at + 4 <= data.length; at += 4 + data.readUInt16BE(at + 2) * 4) {
    const whole = at + VOIP_METRICS_BYTES <= data.length
    if (data[at] !== VOIP_METRICS || !whole || data.readUInt32BE(at + 4) !== ssrc) continue
    const tenths = data[at + 26]!
    return tenths === UNAVAILABLE ? undefined : tenths / 10
  }
  return undefined
}

function senderReport(sender: SenderInfo, blocks: Buffer, now: number): Buffer {
  const body = Buffer.alloc(24)
  body.writeUInt32BE(sender.ssrc, 0)
  body.writeUInt32BE((Math.floor(now / 1_000) + NTP_EPOCH_S) >>> 0, 4)
  body.writeUInt32BE(Math.floor(((now % 1_000) / 1_000) * 0x1_0000_0000) >>> 0, 8)
  body.writeUInt32BE(sender.rtpTimestamp, 12)
  body.writeUInt32BE(sender.packets >>> 0, 16)
  body.writeUInt32BE(sender.octets >>> 0, 20)
  return packet(SENDER_REPORT, blocks.length / BLOCK_BYTES, Buffer.concat([body, blocks]))
}

function receiverReport(ssrc: number, blocks: Buffer): Buffer {
  const body = Buffer.alloc(4)
  body.writeUInt32BE(ssrc, 0)
  return packet(RECEIVER_REPORT, blocks.length / BLOCK_BYTES, Buffer.concat([body, blocks]))
}

function sourceDescription(ssrc: number, cname: string): Buffer {
  const text = Buffer.from(cname)
  const body = Buffer.alloc(Math.ceil((4 + 2 + text.length + 1) / 4) * 4)
  body.writeUInt32BE(ssrc, 0)
  body[4] = 1
  body[5] = text.length
  text.copy(body, 6)
  return packet(SOURCE_DESCRIPTION, 1, body)
}

function writeBlock(block: ReportBlock, last: LastSenderReport | undefined): Buffer {
  const body = Buffer.alloc(BLOCK_BYTES)
  body.writeUInt32BE(block.ssrc, 0)
  body.writeUInt32BE(((block.fractionLost << 24) | block.lost) >>> 0, 4)
  body.writeUInt32BE(block.highestSequence, 8)
  body.writeUInt32BE(block.jitter, 12)
  body.writeUInt32BE(last?.ntp ?? 0, 16)
  body.writeUInt32BE(last ? Math.round((last.agoMs * 65_536) / 1_000) >>> 0 : 0, 20)
  return body
}

function packet(type: number, count: number, body: Buffer): Buffer {
  const header = Buffer.alloc(4)
  header[0] = 0x80 | count
  header[1] = type
  header.writeUInt16BE(body.length / 4, 2)
  return Buffer.concat([header, body])
}
