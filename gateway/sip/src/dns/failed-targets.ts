import type { Endpoint } from '../transport/flow.ts'

/** Addresses that lately did not answer, so that the next requests begin with others (RFC 3263 section 4.3). */
export class FailedTargets {
  private readonly forMs: number
  private readonly failed = new Map<string, number>()

  constructor(forMs: number) {
    this.forMs = forMs
  }

  add(target: Endpoint, now: number): void {
    this.failed.delete(keyOf(target))
    this.failed.set(keyOf(target), now + this.forMs)
    for (const [key, until] of this.failed) {
      if (until > now && this.failed.size < 10_000) return
      this.failed.delete(key)
    }
  }

  /** The same targets, those that failed lately last. */
  order<T extends Endpoint>(targets: readonly T[], now: number): T[] {
    const isFailed = (target: T) => (this.failed.get(keyOf(target)) ?? 0) > now
    return [...targets.filter((target) => !isFailed(target)), ...targets.filter(isFailed)]
  }
}

function keyOf({ host, port }: Endpoint): string {
  return `${host} ${port}`
}
