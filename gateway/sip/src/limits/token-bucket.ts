/** Lets `perSecond` through in the long run and `burst` at once. Goes into debt, so that insisting can be told from a slip. */
export class TokenBucket {
  private readonly perSecond: number
  private readonly burst: number
  private tokens: number
  private filledAt: number

  constructor(perSecond: number, burst: number, now: number) {
    this.perSecond = perSecond
    this.burst = burst
    this.tokens = burst
    this.filledAt = now
  }

  /** Takes one token at this instant (ms) and tells what is left; below zero it was one too many. */
  take(now: number): number {
    const tokens = Math.min(this.burst, this.tokens + ((now - this.filledAt) / 1000) * this.perSecond)
    this.filledAt = now
    this.tokens = Math.max(tokens - 1, -this.burst)
    return this.tokens
  }

  /** Whether it is as if nothing had ever been taken. */
  isFull(now: number): boolean {
    return this.tokens + ((now - this.filledAt) / 1000) * this.perSecond >= this.burst
  }
}
