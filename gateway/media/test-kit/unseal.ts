import { createDecipheriv } from 'node:crypto'
import { wavHeader } from '../src/codec/wav.ts'

const HEADER_BYTES = 84
const TAG_BYTES = 16

/** A sealed recording as the WAV that it holds, read as the README describes it. Throws when a seal is broken. */
export function unseal(file: Buffer, masterKey: Buffer): Buffer {
  if (file.toString('latin1', 0, 8) !== 'RINGREC1') throw new Error('not a sealed recording')
  const key = open(file.subarray(36, HEADER_BYTES), masterKey, file.subarray(24, 36), file.subarray(0, 24))
  const step = file.readUInt16LE(14) + TAG_BYTES
  const chunks: Buffer[] = []
  for (let at = HEADER_BYTES, n = 0; at < file.length; at += step, n++) {
    const nonce = Buffer.alloc(12)
    nonce.writeUInt32BE(n, 8)
    const sealed = file.subarray(at, at + step)
    if (sealed.every((byte) => byte === 0)) chunks.push(Buffer.alloc(sealed.length - TAG_BYTES))
    else chunks.push(open(sealed, key, nonce))
  }
  const audio = Buffer.concat(chunks)
  return Buffer.concat([wavHeader(file.readUInt32LE(8), file.readUInt16LE(12), audio.length), audio])
}

function open(sealed: Buffer, key: Buffer, nonce: Buffer, named?: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce).setAuthTag(sealed.subarray(-TAG_BYTES))
  if (named) decipher.setAAD(named)
  return Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()])
}
