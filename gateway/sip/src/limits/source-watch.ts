import type { BlockList } from 'node:net'
import { isIPv6 } from 'node:net'
import type { SipRequest } from '../message/message.ts'
import { BanList, type BanReason } from './ban-list.ts'
import { isScanner } from './scanner.ts'
import { sourceOf } from './source.ts'
import { TokenBucket } from './token-bucket.ts'

export type SourceLimits = {
  /** Networks that nothing here applies to. */
  readonly trusted: BlockList
  /** Requests outside dialogs; 0 for no limit. */
  readonly requestsPerSecond: number
  readonly requestsBurst: number
  /** Wrong credentials and refused callers; 0 for no limit. */
  readonly failuresPerMinute: number
  readonly failuresBurst: number
  readonly banMs: number
  /** Undefined: scanners are not looked for. */
  readonly scanners: RegExp | undefined
}

type Source = { readonly requests: TokenBucket; readonly failures: TokenBucket; readonly trusted: boolean }
export type Suspicion = 'banned' | 'scanner' | 'requests'

/** Sources remembered; with a full table those that did nothing lately go first, then the oldest. */
const maxSources = 100_000

/** Who sends too much, guesses passwords or scans. Instants are ms since the epoch, given by the caller. */
export class SourceWatch {
  readonly bans = new BanList()
  private readonly limits: SourceLimits
  private readonly sources = new Map<string, Source>()
  private readonly banned: (source: string, reason: BanReason) => void

  /** `banned` is told of each new ban. */
  constructor(limits: SourceLimits, banned: (source: string, reason: BanReason) => void) {
    this.limits = limits
    this.banned = banned
  }

  get size(): number {
    return this.sources.size
  }

  isBanned(host: string, now: number): boolean {
    return this.bans.size > 0 && this.bans.has(sourceOf(host), now)
  }

  /** A request outside any dialog; undefined when nothing speaks against it. */
  suspect(request: SipRequest, host: string, now: number): Suspicion | undefined {
    const key = sourceOf(host)
    if (this.bans.has(key, now)) return 'banned'
    const source = this.source(key, host, now)
    if (source.trusted) return undefined
    const { scanners } = this.limits
    if (scanners && isScanner(request, scanners)) {
      this.ban(key, 'scanner', now)
      return 'scanner'
    }
    return this.count(key, source, now) ? undefined : 'requests'
  }

  /** Something that was no sound request: it counts as one. */
  noise(host: string, now: number): void {
    const key = sourceOf(host)
    const source = this.source(key, host, now)
    if (!source.trusted) this.count(key, source, now)
  }

  /** Wrong credentials, or a caller nobody knows. */
  failure(host: string, now: number): void {
    const key = sourceOf(host)
    const source = this.source(key, host, now)
    if (source.trusted || this.limits.failuresPerMinute === 0) return
    if (source.failures.take(now) < 0) this.ban(key, 'failures', now)
  }

  /** False when it is too many; a ban when it goes on. */
  private count(key: string, { requests }: Source, now: number): boolean {
    const { requestsPerSecond, requestsBurst } = this.limits
    if (requestsPerSecond === 0) return true
    const left = requests.take(now)
    if (left <= -requestsBurst) this.ban(key, 'requests', now)
    return left >= 0
  }

  private ban(key: string, reason: BanReason, now: number): void {
    if (this.limits.banMs === 0) return
    this.bans.add(key, reason, now, this.limits.banMs)
    this.sources.delete(key)
    this.banned(key, reason)
  }

  private source(key: string, host: string, now: number): Source {
    const known = this.sources.get(key)
    if (known) return known
    if (this.sources.size >= maxSources) this.makeRoom(now)
    const { requestsPerSecond, requestsBurst, failuresPerMinute, failuresBurst, trusted } = this.limits
    const source = {
      requests: new TokenBucket(requestsPerSecond, requestsBurst, now),
      failures: new TokenBucket(failuresPerMinute / 60, failuresBurst, now),
      trusted: trusted.check(host, isIPv6(host) ? 'ipv6' : 'ipv4'),
    }
    this.sources.set(key, source)
    return source
  }

  private makeRoom(now: number): void {
    for (const [key, { requests, failures }] of this.sources)
      if (requests.isFull(now) && failures.isFull(now)) this.sources.delete(key)
    for (const key of this.sources.keys()) {
      if (this.sources.size < maxSources) return
      this.sources.delete(key)
    }
  }
}
