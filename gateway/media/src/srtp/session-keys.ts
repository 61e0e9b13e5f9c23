import { createCipheriv } from 'node:crypto'
import { type SrtpKey, suites } from '../sdp/crypto-lines.ts'

/** What one direction of RTP or RTCP is encrypted and signed with. */
export type SessionKeys = { cipher: Buffer; auth: Buffer; salt: Buffer; tagBytes: number }

/** RFC 3711 4.3.2. */
const LABELS = { rtp: 0, rtcp: 3 } as const
/** SRTCP tags are never shortened, RFC 4568 6.2.2. */
const RTCP_TAG_BYTES = 10

/** Derives session keys from a master key, RFC 4568's default: once for the whole session. */
export function deriveKeys({ suite, master, salt }: SrtpKey, stream: keyof typeof LABELS): SessionKeys {
  const label = LABELS[stream]
  return {
    cipher: derive(master, salt, label, 16),
    auth: derive(master, salt, label + 1, 20),
    salt: derive(master, salt, label + 2, 14),
    tagBytes: stream === 'rtp' ? suites[suite] : RTCP_TAG_BYTES,
  }
}

/** RFC 3711 4.3.1: the key stream for the label. */
function derive(master: Buffer, salt: Buffer, label: number, bytes: number): Buffer {
  const start = Buffer.concat([salt, Buffer.alloc(2)])
  start[7]! ^= label
  return createCipheriv('aes-128-ctr', master, start).update(Buffer.alloc(bytes))
}

/**
 * Encrypts or decrypts in AES counter mode, RFC 3711 4.1.1.
 * @param index of the packet: for RTP 48 bits with the roll-over counter, for RTCP 31
 */
export function applyCipher(keys: SessionKeys, ssrc: number, index: number, data: Buffer): Buffer {
  const start = Buffer.alloc(16)
  keys.salt.copy(start)
  start.writeUInt32BE((start.readUInt32BE(4) ^ ssrc) >>> 0, 4)
  const high = Math.floor(index / 0x1_0000)
  start.writeUInt32BE((start.readUInt32BE(8) ^ high) >>> 0, 8)
  start.writeUInt16BE(start.readUInt16BE(12) ^ (index & 0xffff), 12)
  return createCipheriv('aes-128-ctr', keys.cipher, start).update(data)
}
