import type { Logger } from 'pino'
import { type Leg, type LegEvent, legMachine } from './leg.ts'

/** One leg and where it stands. */
export type LiveLeg = {
  readonly now: Leg
  /** Would this move be legal? For deeds that may come too late. */
  can(event: LegEvent): boolean
  /** Moves the leg. An illegal event changes nothing, is logged and counted. @returns whether it was legal */
  step(event: LegEvent): boolean
  /** Is told after each change of state, in the order in which the listeners came. */
  watch(moved: (now: Leg, before: Leg, event: LegEvent) => void): void
}

/** How many legs there are, and what became of them. */
export type LegFigures = {
  /** Legs alive, by `side` and `state`. */
  alive: Count<'side' | 'state'>
  /** Legs that ended, by `side`, `party` and `reason`. */
  ended: Count<'side' | 'party' | 'reason'>
  /** Events that no leg in that `state` can have. */
  illegal: Count<'state' | 'event'>
}
export type Count<Label extends string> = { labels: Record<Label, string>; count: number }[]

/** All SIP legs of this gateway. */
export type Legs = {
  open(first: Leg, callId: () => string | undefined): LiveLeg
  /** The connection to the SIP server broke. */
  serverLost(): void
  readonly figures: LegFigures
}

export function createLegs(log: Logger): Legs {
  const alive = new Set<LiveLeg>()
  const ended = counter<'side' | 'party' | 'reason'>()
  const illegal = counter<'state' | 'event'>()

  function open(first: Leg, callId: () => string | undefined): LiveLeg {
    const listeners: ((now: Leg, before: Leg, event: LegEvent) => void)[] = []
    let now = first
    const leg: LiveLeg = {
      get now() {
        return now
      },
      can: (event) => legMachine.can(now, event),
      watch: (moved) => void listeners.push(moved),
      step(event) {
        const next = legMachine.step(now, event)
        if (!next.ok) {
          illegal.add({ state: now.state, event: event.type })
          log.warn({ callId: callId(), side: now.side, state: now.state, event }, 'a leg cannot have this event')
          return false
        }
        const before = now
        now = next.value
        if (now === before) return true
        if (now.state === 'ended') {
          alive.delete(leg)
          ended.add({ side: now.side, ...now.why })
        }
        for (const moved of listeners) moved(now, before, event)
        return true
      },
    }
    alive.add(leg)
    return leg
  }

  return {
    open,
    serverLost() {
      for (const leg of [...alive]) leg.step({ type: 'server_lost' })
    },
    get figures() {
      const states = counter<'side' | 'state'>()
      for (const { now } of alive) states.add({ side: now.side, state: now.state })
      return { alive: states.all(), ended: ended.all(), illegal: illegal.all() }
    },
  }
}

function counter<Label extends string>() {
  const counts = new Map<string, Count<Label>[number]>()
  return {
    add(labels: Record<Label, string>) {
      const key = Object.values(labels).join(' ')
      const entry = counts.get(key)
      if (entry) entry.count += 1
      else counts.set(key, { labels, count: 1 })
    },
    all: () => [...counts.values()].map(({ labels, count }) => ({ labels, count })),
  }
}
