import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

/** Whether the far end began it or an application. */
export type Direction = 'in' | 'out'
type Outcome = 'answered' | 'redirected' | 'declined' | 'ineffective' | 'failed'

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 40]
const durations = [1, 5, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200]
const directions = ['in', 'out'] as const

/**
 * The figures of RFC 6076 with its names. Ratios are over all attempts since the start, 0 to 1; for those over a time,
 * divide rates of the counters. A challenge (401, 407) is no end of an attempt: the request comes again.
 */
export class SessionMetrics {
  private readonly attempts: Counter
  private readonly registrations: Counter
  private readonly completed: Counter
  private readonly srd: Histogram
  private readonly sdd: Histogram
  private readonly sdt: Histogram
  private readonly rrd: Histogram
  private readonly sums = { in: tally(), out: tally() }

  constructor(registry: Registry) {
    const registers = [registry]
    const histogram = (name: string, help: string, buckets: number[], labelNames: string[]) =>
      new Histogram({ name: `ringdown_sip_${name}_seconds`, help, buckets, labelNames, registers })
    const counter = (name: string, help: string, labelNames: string[]) =>
      new Counter({ name: `ringdown_sip_${name}_total`, help, labelNames, registers })
    this.attempts = counter('session_attempts', 'INVITEs outside dialogs with their outcome', ['direction', 'outcome'])
    this.registrations = counter('registration_attempts', 'REGISTERs with their outcome', ['direction', 'outcome'])
    this.completed = counter('sessions_completed', 'Calls that were answered and ended', ['direction'])
    this.srd = histogram('srd', 'Session Request Delay, RFC 6076 section 4.3', seconds, ['direction', 'outcome'])
    this.sdd = histogram('sdd', 'Session Disconnect Delay, section 4.4', seconds, ['direction'])
    this.sdt = histogram('sdt', 'Session Duration Time, section 4.5', durations, ['direction'])
    this.rrd = histogram('rrd', 'Registration Request Delay, section 4.1', seconds, ['direction'])
    const ratio = (name: string, help: string, of: (sum: Tally) => number) =>
      this.ratio(registry, `ringdown_sip_${name}_ratio`, help, of)
    ratio('ira', 'Ineffective Registration Attempts, section 4.2', (sum) => sum.badRegistrations / sum.registrations)
    ratio('ser', 'Session Establishment Ratio, section 4.6', (sum) => sum.answered / (sum.all - sum.redirected))
    ratio('seer', 'Session Establishment Effectiveness Ratio, section 4.7', (sum) => {
      return (sum.answered + sum.declined) / (sum.all - sum.redirected)
    })
    ratio('isa', 'Ineffective Session Attempts, section 4.8', (sum) => sum.ineffective / sum.all)
    ratio('scr', 'Session Completion Ratio, section 4.9', (sum) => sum.completed / sum.all)
  }

  /** Who has to be told of each response to a request; undefined for requests that no figure is about. */
  watch(direction: Direction, method: string, inDialog: boolean): ((status: number) => void) | undefined {
    const startedAt = performance.now()
    const tookS = () => (performance.now() - startedAt) / 1000
    if (method === 'INVITE') return inDialog ? undefined : this.attempt(direction, tookS)
    if (method === 'BYE') return (status) => status >= 200 && this.sdd.observe({ direction }, tookS())
    if (method === 'REGISTER') return (status) => status >= 200 && this.registered(direction, status, tookS())
    return undefined
  }

  /** An answered call is over. */
  ended(direction: Direction, lastedMs: number): void {
    this.sdt.observe({ direction }, lastedMs / 1000)
    this.completed.inc({ direction })
    this.sums[direction].completed++
  }

  private attempt(direction: Direction, tookS: () => number): (status: number) => void {
    let indicated = false
    return (status) => {
      if (status <= 100 || isChallenge(status)) return
      if (!indicated) this.srd.observe({ direction, outcome: status < 300 ? 'successful' : 'failed' }, tookS())
      indicated = true
      if (status < 200) return
      const outcome = outcomeOf(status)
      this.attempts.inc({ direction, outcome })
      this.sums[direction].all++
      this.sums[direction][outcome]++
    }
  }

  private registered(direction: Direction, status: number, tookS: number): void {
    if (isChallenge(status)) return
    const good = status < 300
    if (good) this.rrd.observe({ direction }, tookS)
    this.registrations.inc({ direction, outcome: good ? 'registered' : 'ineffective' })
    this.sums[direction].registrations++
    if (!good) this.sums[direction].badRegistrations++
  }

  private ratio(registry: Registry, name: string, help: string, of: (sum: Tally) => number): void {
    const { sums } = this
    new Gauge({
      name,
      help,
      labelNames: ['direction'],
      registers: [registry],
      collect() {
        this.reset()
        for (const direction of directions) {
          const value = of(sums[direction])
          if (Number.isFinite(value)) this.set({ direction }, value)
        }
      },
    })
  }
}

type Tally = ReturnType<typeof tally>

function tally() {
  return {
    ...{ all: 0, answered: 0, redirected: 0, declined: 0, ineffective: 0, failed: 0, completed: 0 },
    ...{ registrations: 0, badRegistrations: 0 },
  }
}

function isChallenge(status: number): boolean {
  return status === 401 || status === 407
}

/** RFC 6076 sections 4.7 and 4.8: `declined` reached the user, `ineffective` is the network's or a server's fault. */
function outcomeOf(status: number): Outcome {
  if (status < 300) return 'answered'
  if (status < 400) return 'redirected'
  if ([480, 486, 600, 603].includes(status)) return 'declined'
  return [408, 500, 503, 504].includes(status) ? 'ineffective' : 'failed'
}
