/** A parsed RTP packet, RFC 3550 5.1. `payload` is a view into the datagram. */
export type RtpPacket = {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  payload: Buffer
}

export const RTP_HEADER_BYTES = 12

/** Reads a datagram. Returns undefined when it is no RTP packet; CSRCs, extensions and padding are left out. */
export function parseRtp(data: Buffer): RtpPacket | undefined {
  if (data.length < RTP_HEADER_BYTES) return undefined
  const first = data[0]!
  if (first >> 6 !== 2) return undefined
  let start = RTP_HEADER_BYTES + (first & 0x0f) * 4
  let end = data.length
  if (first & 0x10) {
    if (start + 4 > end) return undefined
    start += 4 + data.readUInt16BE(start + 2) * 4
  }
  if (first & 0x20) {
    const padding = data[end - 1]!
    if (padding === 0) return undefined
    end -= padding
  }
  if (start > end) return undefined
  return {
    payloadType: data[1]! & 0x7f,
    marker: (data[1]! & 0x80) !== 0,
    sequence: data.readUInt16BE(2),
    timestamp: data.readUInt32BE(4),
    ssrc: data.readUInt32BE(8),
    payload: data.subarray(start, end),
  }
}

/** Whether a datagram on a shared RTP port is RTCP, RFC 5761 4. */
export function isRtcp(data: Buffer): boolean {
  return data.length >= 2 && data[1]! >= 192 && data[1]! <= 223
}

/** Builds a packet with a plain header. */
export function writeRtp(packet: RtpPacket): Buffer {
  const { payload } = packet
  const data = Buffer.allocUnsafe(RTP_HEADER_BYTES + payload.length)
  data[0] = 0x80
  data[1] = (packet.marker ? 0x80 : 0) | packet.payloadType
  data[2] = packet.sequence >> 8
  data[3] = packet.sequence
  data.writeUInt32BE(packet.timestamp, 4)
  data.writeUInt32BE(packet.ssrc, 8)
  payload.copy(data, RTP_HEADER_BYTES)
  return data
}
