import type { ContactEvent } from '@ringdown/core/events'
import { ContactId, type FlowId } from '@ringdown/core/kernel'
import type { DemoCustomer } from '../customers.ts'
import type { NumberBook } from '../phone-numbers.ts'
import type { Random } from '../random.ts'
import type { DemoStaff } from '../staff.ts'
import { callTimes } from './calendar.ts'
import { CallLog } from './call-log.ts'
import { type Caller, Callers } from './callers.ts'
import { Desk } from './desk.ts'
import { greet } from './greet.ts'
import { type Talk, talk } from './talk.ts'
import { waitInQueue } from './wait-in-queue.ts'

export { dayStartOf } from './calendar.ts'
export type { CallLog } from './call-log.ts'
export type { Caller } from './callers.ts'
export type { Talk } from './talk.ts'

export type DemoCall = { log: CallLog; caller: Caller; talk: Talk | null }
export type DemoPast = {
  customers: readonly DemoCustomer[]
  staff: DemoStaff
  numbers: NumberBook
  flowId: FlowId
  random: Random
  now: number
}

/** Wrap-up and survey after the last word. */
const finishingMs = 3 * 60_000

/** 2,000 calls of the last 90 days, in order, each as the events that the live system would have written. */
export function demoCalls({ customers, staff, numbers, flowId, random, now }: DemoPast): DemoCall[] {
  const callers = new Callers(customers, numbers, random)
  const world = { staff, desk: new Desk(staff, random), random, endsBy: now - finishingMs }
  return callTimes(random, { count: 2_000, days: 90, now }).map((startedAt) => {
    const log = new CallLog(ContactId.parse(random.uuid()), random)
    const caller = callers.draw()
    const chosen = greet(log, { caller, flowId, startedAt, random })
    const answer =
      chosen && waitInQueue(log, { queue: chosen.queue, enteredAt: chosen.at, arrivedAt: chosen.at }, world)
    return { log, caller, talk: answer && talk(log, answer, world) }
  })
}

export const eventsOf = (calls: readonly DemoCall[]): ContactEvent[][] => calls.map(({ log }) => log.events)
