import type { Headers } from '../message/headers.ts'
import { parameter } from '../message/parameters.ts'
import type { Scheduler, TimerHandle } from '../transaction/scheduler.ts'

/** A Session-Expires value (RFC 4028 section 4). */
export type SessionExpires = { readonly seconds: number; readonly refresher: 'uac' | 'uas' | undefined }

/** The Session-Expires of a message; undefined when there is none, or none that can be read. */
export function sessionExpires(headers: Headers): SessionExpires | undefined {
  const value = headers.get('session-expires')
  const match = /^(\d{1,9})\s*(;.*)?$/.exec(value ?? '')
  if (!match) return undefined
  const refresher = parameter(match[2] ?? '', 'refresher')?.toLowerCase()
  return { seconds: Number(match[1]), refresher: refresher === 'uac' || refresher === 'uas' ? refresher : undefined }
}

/** How long before its end a session is given up: a third of the interval, 32 s at most (section 10). */
function guardMs(intervalMs: number): number {
  return Math.min(32_000, intervalMs / 3)
}

/** The end of a session that nobody refreshes, and when it is our turn to refresh it. */
export class SessionTimer {
  readonly seconds: number
  readonly refresher: 'we' | 'they'
  private readonly scheduler: Scheduler
  private readonly refresh: () => void
  private readonly end: TimerHandle
  private turn: TimerHandle | undefined

  constructor(
    { seconds, refresher }: { readonly seconds: number; readonly refresher: 'we' | 'they' },
    scheduler: Scheduler,
    refresh: () => void,
    expire: () => void,
  ) {
    this.seconds = seconds
    this.refresher = refresher
    this.scheduler = scheduler
    this.refresh = refresh
    const intervalMs = seconds * 1000
    this.end = scheduler.after(intervalMs - guardMs(intervalMs), expire)
    if (refresher === 'we') this.refreshAfter(intervalMs / 2)
  }

  /** Tries to refresh once more after so long, unless the session has ended by then. */
  refreshAfter(delayMs: number): void {
    if (this.turn !== undefined) this.scheduler.cancel(this.turn)
    this.turn = this.scheduler.after(delayMs, this.refresh)
  }

  stop(): void {
    this.scheduler.cancel(this.end)
    if (this.turn !== undefined) this.scheduler.cancel(this.turn)
  }
}
