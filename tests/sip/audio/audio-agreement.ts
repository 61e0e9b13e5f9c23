import type { Codec } from './g711.ts'

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** What two sides agreed on, as the one who sends sees it. */
export type AudioAgreement = {
  remote: { host: string; port: number }
  codec: Codec
  payloadType: number
  dtmfPayloadType: number | undefined
  direction: Direction
}
