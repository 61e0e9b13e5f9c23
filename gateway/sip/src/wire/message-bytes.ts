import type { SipMessage } from '../message/message.ts'

/** A received message, whole. */
export function asBytes({ head, body }: SipMessage): Buffer {
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'latin1'), body])
}
