import type { ChosenStatus } from '@ringdown/core/agent'
import type { Random } from '../random.ts'
import type { Change } from './changes-by-calls.ts'

const minuteMs = 60_000
/** Who has nothing to do for so long has gone home. */
const goneAfterMs = 240 * minuteMs
const available: ChosenStatus = { status: 'available' }

/** Shifts around what calls did to an agent: signed in before the first, out after the last, breaks where there is time. */
export function withShifts(byCalls: readonly Change[], about: { random: Random; now: number }): Change[] {
  return shiftsOf(byCalls).flatMap((changes) => shift(changes, about))
}

function shiftsOf(byCalls: readonly Change[]): Change[][] {
  const shifts: Change[][] = []
  for (const change of byCalls) {
    const last = shifts.at(-1)
    if (last && change.at - (last.at(-1) as Change).at < goneAfterMs) last.push(change)
    else shifts.push([change])
  }
  return shifts
}

function shift(byCalls: readonly Change[], { random, now }: { random: Random; now: number }): Change[] {
  const [first, last] = [byCalls[0] as Change, byCalls.at(-1) as Change]
  const beginsAt = first.at - random.int(3, 20) * minuteMs
  const today = { queues: [], skills: {}, callsToday: 0, lastCallEndedAt: null }
  return [
    { type: 'signed_in', at: beginsAt, device: 'webrtc', ...today },
    { type: 'device_proven', at: beginsAt + 900, address: 'demo' },
    { type: 'status_chosen', at: beginsAt + random.int(5, 60) * 1000, chosen: available },
    ...byCalls.flatMap((change, i) => [change, ...pause(change, byCalls[i + 1], random)]),
    { type: 'signed_out', at: Math.max(last.at, Math.min(now, last.at + random.int(2, 25) * minuteMs)) },
  ]
}

/** Between two calls: back from a missed one, lunch at noon in Shanghai, a break now and then. */
function pause(change: Change, next: Change | undefined, random: Random): Change[] {
  if (change.type !== 'wrap_up_ended' && change.type !== 'offer_ended') return []
  const until = next?.at ?? Number.POSITIVE_INFINITY
  if (change.type === 'offer_ended' && change.status)
    return [{ type: 'status_chosen', at: Math.min(change.at + 45_000, until), chosen: available }]
  if (!next) return []
  const freeMs = until - change.at
  const noon = new Date(change.at).getUTCHours() === 4
  if (noon && freeMs > 40 * minuteMs) return away('meal', change.at, random.int(25, 35) * minuteMs)
  if (freeMs > 25 * minuteMs && random.chance(0.3)) return away('break', change.at, random.int(8, 15) * minuteMs)
  return []
}

const away = (reason: 'meal' | 'break', from: number, ms: number): Change[] => [
  { type: 'status_chosen', at: from + minuteMs, chosen: { status: 'not_ready', reason } },
  { type: 'status_chosen', at: from + minuteMs + ms, chosen: available },
]
