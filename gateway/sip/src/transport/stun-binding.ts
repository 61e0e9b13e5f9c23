import { isIPv4 } from 'node:net'
import type { Endpoint } from './flow.ts'

const magicCookie = 0x2112a442
const bindingRequest = 0x0001
const bindingSuccess = 0x0101
const xorMappedAddress = 0x0020
const headerBytes = 20

/** RFC 5389 section 6: SIP starts with a letter, STUN with two zero bits, and has its cookie. */
export function isStun(bytes: Buffer): boolean {
  return bytes.length >= headerBytes && (bytes[0] ?? 255) < 4 && bytes.readUInt32BE(4) === magicCookie
}

/** Keep-alive of RFC 5626 section 3.5.2: tells the client the address it is seen at. Anything but a request is ignored. */
export function answerBinding(request: Buffer, source: Endpoint, send: (answer: Buffer) => void): void {
  if (request.readUInt16BE(0) !== bindingRequest) return
  const id = request.subarray(4, headerBytes)
  const address = addressBytes(source.host)
  const answer = Buffer.alloc(headerBytes + 8 + address.length)
  answer.writeUInt16BE(bindingSuccess, 0)
  answer.writeUInt16BE(8 + address.length, 2)
  id.copy(answer, 4)
  answer.writeUInt16BE(xorMappedAddress, headerBytes)
  answer.writeUInt16BE(4 + address.length, headerBytes + 2)
  answer.writeUInt8(address.length === 4 ? 1 : 2, headerBytes + 5)
  answer.writeUInt16BE(source.port ^ (magicCookie >>> 16), headerBytes + 6)
  address.forEach((byte, index) => {
    answer.writeUInt8(byte ^ (id[index] ?? 0), headerBytes + 8 + index)
  })
  send(answer)
}

function addressBytes(host: string): Buffer {
  if (isIPv4(host)) return Buffer.from(host.split('.').map(Number))
  const [head = '', tail] = (host.split('%')[0] ?? '').split('::')
  const groups = (text: string) => (text === '' ? [] : text.split(':')).map((group) => Number.parseInt(group, 16))
  const first = groups(head)
  const last = tail === undefined ? [] : groups(tail)
  const bytes = Buffer.alloc(16)
  const all = [...first, ...Array(8 - first.length - last.length).fill(0), ...last]
  all.forEach((group: number, index) => {
    bytes.writeUInt16BE(group & 0xffff, index * 2)
  })
  return bytes
}
