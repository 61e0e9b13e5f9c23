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

/** Where the payload begins: after CSRCs and extension; 0 for what is no RTP packet. */
export function headerBytes(data: Buffer): number {
  if (data.length < RTP_HEADER_BYTES || data[0]! >> 6 !== 2) return 0
  const bytes = RTP_HEADER_BYTES + (data[0]! & 0x0f) * 4
  if ((data[0]! & 0x10) === 0) return bytes <= data.length ? bytes : 0
  if (bytes + 4 > data.length) return 0
  const whole = bytes + 4 + data.readUInt16BE(bytes + 2) * 4
  return whole <= data.length ? whole : 0
}

/** Reads a datagram. Returns undefined when it is no RTP packet; CSRCs, extensions and padding are left out. */
export function parseRtp(data: Buffer): RtpPacket | undefined {
  const start = headerBytes(data)
  if (start === 0) return undefined
  let end = data.length
  if (data[0]! & 0x20) {
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
