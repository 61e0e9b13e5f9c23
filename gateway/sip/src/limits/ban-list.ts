export type BanReason = 'scanner' | 'requests' | 'failures'

/** Instants are ms since the epoch. */
export type Ban = { readonly source: string; readonly reason: BanReason; readonly at: number; readonly until: number }

/** With more there is an attack from everywhere, against which a list of addresses does not help. */
const maxBans = 100_000

/** Sources nothing is taken from until their ban ends. */
export class BanList {
  private readonly bans = new Map<string, Ban>()

  get size(): number {
    return this.bans.size
  }

  add(source: string, reason: BanReason, now: number, forMs: number): void {
    this.bans.delete(source)
    if (this.bans.size >= maxBans) this.forgetOldest()
    this.bans.set(source, { source, reason, at: now, until: now + forMs })
  }

  has(source: string, now: number): boolean {
    if (this.bans.size === 0) return false
    const ban = this.bans.get(source)
    if (!ban) return false
    if (ban.until > now) return true
    this.bans.delete(source)
    return false
  }

  /** False when there is no such ban. */
  lift(source: string): boolean {
    return this.bans.delete(source)
  }

  /** Those that stand, the last ones first. */
  list(now: number): Ban[] {
    for (const { source, until } of this.bans.values()) if (until <= now) this.bans.delete(source)
    return [...this.bans.values()].reverse()
  }

  private forgetOldest(): void {
    const oldest = this.bans.keys().next().value
    if (oldest !== undefined) this.bans.delete(oldest)
  }
}
