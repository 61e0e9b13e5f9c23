/** How long a connection may take for what, in ms. */
export type PatienceLimits = {
  /** From its start, handshakes included, to its first whole message or ping; for one of ours, to its being open. */
  readonly firstMessageMs: number
  /** From the first byte of a message to its last. */
  readonly messageMs: number
  /** Without a message or ping in either direction. */
  readonly idleMs: number
}

type Stage = 'new' | 'receiving' | 'idle'

/**
 * Watches one connection for far ends that hold it without use, or send a byte now and then to keep it.
 *
 *   new ─whole message─▶ idle ─some bytes─▶ receiving
 *    │                    ▲ └──────whole message──┘│
 *    └─ too long ─▶ expired ◀────── too long ──────┘
 */
export class StreamPatience implements Disposable {
  private readonly limits: PatienceLimits
  private readonly expired: (why: 'no message' | 'slow message' | 'idle') => void
  private readonly needed: () => boolean
  private stage: Stage = 'new'
  private lastActiveAt = 0
  private timer: NodeJS.Timeout

  /** `needed` is asked before an idle connection expires; true keeps it. */
  constructor(
    limits: PatienceLimits,
    expired: (why: 'no message' | 'slow message' | 'idle') => void,
    needed: () => boolean,
  ) {
    this.limits = limits
    this.expired = expired
    this.needed = needed
    this.timer = setTimeout(() => expired('no message'), limits.firstMessageMs).unref()
  }

  /** Bytes came: whether a whole message or ping was among them, and whether another has begun. */
  heard(whole: boolean, partial: boolean): void {
    if (partial && (whole || this.stage === 'idle')) this.receive()
    else if (!partial && (whole || this.stage === 'receiving')) this.wait()
  }

  /** A message was sent. */
  spoke(): void {
    this.lastActiveAt = Date.now()
  }

  [Symbol.dispose](): void {
    clearTimeout(this.timer)
  }

  private receive(): void {
    this.stage = 'receiving'
    this.arm(this.limits.messageMs, () => this.expired('slow message'))
  }

  private wait(): void {
    this.lastActiveAt = Date.now()
    if (this.stage === 'idle') return
    this.stage = 'idle'
    this.arm(this.limits.idleMs, () => this.checkIdle())
  }

  /** The timer is not set anew for each message: it looks at its end whether there was one. */
  private checkIdle(): void {
    const leftMs = this.lastActiveAt + this.limits.idleMs - Date.now()
    if (leftMs > 0) this.arm(leftMs, () => this.checkIdle())
    else if (this.needed()) this.arm(this.limits.idleMs, () => this.checkIdle())
    else this.expired('idle')
  }

  private arm(delayMs: number, fire: () => void): void {
    clearTimeout(this.timer)
    this.timer = setTimeout(fire, delayMs).unref()
  }
}
