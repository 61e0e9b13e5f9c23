/** An RTP packet (RFC 3550 5.1). */
export type RtpPacket = {
  payloadType: number
  marker: boolean
  sequence: number
  timestamp: number
  ssrc: number
  payload: Uint8Array
}

export function writeRtp({ payloadType, marker, sequence, timestamp, ssrc, payload }: RtpPacket): Buffer {
  const packet = Buffer.alloc(12 + payload.length)
  packet[0] = 0x80
  packet[1] = (marker ? 0x80 : 0) | payloadType
  packet.writeUInt16BE(sequence & 0xffff, 2)
  packet.writeUInt32BE(timestamp >>> 0, 4)
  packet.writeUInt32BE(ssrc >>> 0, 8)
  packet.set(payload, 12)
  return packet
}

/** Undefined for what is not RTP version 2 (RTCP, STUN, rubbish). */
export function readRtp(datagram: Buffer): RtpPacket | undefined {
  if (datagram.length < 12 || datagram[0]! >> 6 !== 2) return undefined
  const second = datagram[1]!
  if (second >= 192 && second <= 223) return undefined // RTCP, RFC 5761 4
  let start = 12 + 4 * (datagram[0]! & 0x0f)
  if (datagram[0]! & 0x10) {
    if (datagram.length < start + 4) return undefined
    start += 4 + 4 * datagram.readUInt16BE(start + 2)
  }
  const end = datagram[0]! & 0x20 ? datagram.length - datagram.at(-1)! : datagram.length
  if (start > end) return undefined
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: datagram.readUInt16BE(2),
    timestamp: datagram.readUInt32BE(4),
    ssrc: datagram.readUInt32BE(8),
    payload: datagram.subarray(start, end),
  }
}
