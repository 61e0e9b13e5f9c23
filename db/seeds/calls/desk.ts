import type { Random } from '../random.ts'
import type { DemoStaff, DemoUser, QueueKey } from '../staff.ts'

/** The two agents of the past: who is free when, so that nobody ever talks twice at once. */
export class Desk {
  readonly #freeAt: Map<DemoUser, number>
  readonly #random: Random

  constructor({ agents }: DemoStaff, random: Random) {
    this.#freeAt = new Map(agents.map((agent) => [agent, 0]))
    this.#random = random
  }

  /** Who would take a caller that waits since `at`, and when the offer would be made. */
  nextFor(queue: QueueKey, at: number): { agent: DemoUser; at: number } {
    // Lunch, training, a word with a colleague: one wait in four is longer than the other calls explain.
    const away = this.#random.chance(0.25) ? this.#random.exponential(45_000) : 0
    const options = [...this.#freeAt].map(([agent, freeAt]) => ({ agent, at: Math.max(at + away, freeAt) }))
    const soonest = Math.min(...options.map((option) => option.at))
    const free = options.filter((option) => option.at === soonest)
    // Repairs go to the better technician if both are free.
    return queue === 'after-sales' && free[0] ? free[0] : this.#random.pick(free)
  }

  /** Is the agent free then? */
  isFree(agent: DemoUser, at: number): boolean {
    return (this.#freeAt.get(agent) ?? 0) <= at
  }

  occupy(agent: DemoUser, until: number): void {
    this.#freeAt.set(agent, Math.max(this.#freeAt.get(agent) ?? 0, until))
  }

  other(agent: DemoUser): DemoUser | undefined {
    return [...this.#freeAt.keys()].find((one) => one !== agent)
  }
}
