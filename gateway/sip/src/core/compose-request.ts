import { type OutgoingHeader, writeMessage } from '../message/write-message.ts'

/** The part of a request that its CANCEL and its ACK repeat. */
export type RequestBase = {
  readonly uri: string
  readonly via: string
  readonly branch: string
  readonly routes: readonly string[]
  readonly maxForwards: string
  readonly from: string
  readonly to: string
  readonly callId: string
  readonly seq: number
}

/** A request in full. */
export function composeRequest(
  base: RequestBase,
  method: string,
  headers: readonly OutgoingHeader[],
  body?: Buffer | undefined,
): Buffer {
  const lines: OutgoingHeader[] = [['Via', base.via]]
  for (const route of base.routes) lines.push(['Route', route])
  lines.push(
    ['Max-Forwards', base.maxForwards],
    ['From', base.from],
    ['To', base.to],
    ['Call-ID', base.callId],
    ['CSeq', `${base.seq} ${method}`],
    ...headers,
  )
  return writeMessage(`${method} ${base.uri} SIP/2.0`, lines, body)
}
