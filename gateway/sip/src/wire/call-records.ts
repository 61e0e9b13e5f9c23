import type { SipMessage } from '../message/message.ts'
import { timeOfDay } from './leader.ts'
import { asBytes } from './message-bytes.ts'
import type { Routes } from './routes.ts'

export type StopReason =
  | 'call-rejected'
  | 'call-canceled'
  | 'normal-release'
  | 'session-expired'
  | 'system-initiated-termination'
  | 'system-error-initiated-termination'

type Source = 'network' | 'application'
type Role = 'uac' | 'uas' | 'proxy-uac' | 'proxy-uas'

/**
 * Call detail records: the INVITE (attempt), its 200 (start), and what ended it (stop), each to one of the applications
 * that asked for that kind (wire protocol, section 5.3).
 */
export class CallRecords {
  private readonly routes: Routes
  private readonly enabled: boolean

  constructor(routes: Routes, enabled: boolean) {
    this.routes = routes
    this.enabled = enabled
  }

  attempt(source: Source, invite: SipMessage): void {
    if (this.enabled) this.write('attempt', `${source}|${timeOfDay()}`, asBytes(invite))
  }

  attemptSent(bytes: Buffer): void {
    this.write('attempt', `application|${timeOfDay()}`, bytes)
  }

  start(source: Source, role: Role, response: SipMessage): void {
    if (this.enabled) this.write('start', `${source}|${timeOfDay()}|${role}`, asBytes(response))
  }

  startSent(role: Role, bytes: Buffer): void {
    this.write('start', `application|${timeOfDay()}|${role}`, bytes)
  }

  stop(source: Source, reason: StopReason, message: SipMessage): void {
    if (this.enabled) this.write('stop', `${source}|${timeOfDay()}|${reason}`, asBytes(message))
  }

  stopSent(reason: StopReason, bytes: Buffer): void {
    this.write('stop', `application|${timeOfDay()}|${reason}`, bytes)
  }

  private write(kind: 'attempt' | 'start' | 'stop', tokens: string, bytes: Buffer): void {
    if (this.enabled) this.routes.next(`cdr:${kind}`)?.send(`cdr:${kind}|${tokens}`, bytes)
  }
}
