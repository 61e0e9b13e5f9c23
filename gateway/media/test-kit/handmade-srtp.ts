import { createCipheriv, createHmac } from 'node:crypto'
import type { SrtpKey } from '../src/sdp/crypto-lines.ts'
import { suites } from '../src/sdp/crypto-lines.ts'

/** A second reading of RFC 3711, block by block with plain AES, to check the first one against. */
export class HandmadeSrtp {
  readonly #cipher: Buffer
  readonly #auth: Buffer
  readonly #salt: Buffer
  readonly #tagBytes: number

  constructor({ suite, master, salt }: SrtpKey) {
    const derive = (label: bigint, bytes: number) =>
      keyStream(master, (number(salt) ^ (label << 48n)) << 16n).subarray(0, bytes)
    this.#cipher = derive(0n, 16)
    this.#auth = derive(1n, 20)
    this.#salt = derive(2n, 14)
    this.#tagBytes = suites[suite]
  }

  seal(packet: Buffer, rollovers = 0): Buffer {
    const body = Buffer.concat([packet.subarray(0, 12), this.#crypt(packet, rollovers)])
    return Buffer.concat([body, this.#tag(body, rollovers)])
  }

  /** Undefined when the tag is wrong. */
  open(data: Buffer, rollovers = 0): Buffer | undefined {
    const body = data.subarray(0, data.length - this.#tagBytes)
    if (!this.#tag(body, rollovers).equals(data.subarray(body.length))) return undefined
    return Buffer.concat([body.subarray(0, 12), this.#crypt(body, rollovers)])
  }

  #crypt(packet: Buffer, rollovers: number): Buffer {
    const index = (BigInt(rollovers) << 16n) | BigInt(packet.readUInt16BE(2))
    const start = (number(this.#salt) << 16n) ^ (BigInt(packet.readUInt32BE(8)) << 64n) ^ (index << 16n)
    const payload = packet.subarray(12)
    const stream = keyStream(this.#cipher, start, payload.length)
    return Buffer.from(payload.map((byte, i) => byte ^ stream[i]!))
  }

  #tag(body: Buffer, rollovers: number): Buffer {
    const counter = Buffer.from([rollovers >>> 24, rollovers >>> 16, rollovers >>> 8, rollovers])
    return createHmac('sha1', this.#auth)
      .update(Buffer.concat([body, counter]))
      .digest()
      .subarray(0, this.#tagBytes)
  }
}

function keyStream(key: Buffer, start: bigint, bytes = 32): Buffer {
  const blocks = Array.from({ length: Math.ceil(bytes / 16) }, (_, i) => {
    const block = Buffer.from((start + BigInt(i)).toString(16).padStart(32, '0'), 'hex')
    return createCipheriv('aes-128-ecb', key, null).setAutoPadding(false).update(block)
  })
  return Buffer.concat(blocks)
}

function number(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString('hex')}`)
}
