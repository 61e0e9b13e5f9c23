import { randomUUID } from 'node:crypto'
import type { Flow } from '../transport/flow.ts'
import type { AppConnection } from '../wire/app-connection.ts'
import { metadata } from '../wire/leader.ts'

/** Tells the application what went on the wire, and the txnId that responses will carry (wire protocol, section 5.1). */
export function echoRequest(
  app: AppConnection,
  frameId: string,
  bytes: Buffer,
  flow: Flow,
  txnId: string = randomUUID(),
): void {
  app.reply(frameId, `OK|${metadata('application', bytes.length, flow, 'local')}|${txnId}|Msg sent:|`, bytes)
}
