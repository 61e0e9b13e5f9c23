import { OfferId, QueueEntryId } from '@ringdown/core/kernel'
import type { Random } from '../random.ts'
import type { DemoStaff, DemoUser, QueueKey } from '../staff.ts'
import type { CallLog } from './call-log.ts'
import type { Desk } from './desk.ts'

export type Answer = { entryId: QueueEntryId; agent: DemoUser; queue: QueueKey; at: number }
type Stay = { queue: QueueKey; enteredAt: number; arrivedAt: number }
type World = { staff: DemoStaff; desk: Desk; random: Random }

/**
 * The queue's part: waiting, offers, and one of the ends. Who presses 0 while waiting goes on to the operator.
 * @returns the answer, or null when the call ended here
 */
export function waitInQueue(log: CallLog, stay: Stay, world: World): Answer | null {
  const { staff, desk, random } = world
  const { queue, enteredAt, arrivedAt } = stay
  const rules = staff.queues[queue]
  const entryId = QueueEntryId.parse(random.uuid())
  const place = { entryId, queueId: rules.id }
  log.add('queue_entered', enteredAt, { ...place, arrivedAt: Math.round(arrivedAt), priority: 0 })

  const end = (outcome: 'answered' | 'abandoned' | 'short_abandoned' | 'timed_out' | 'left_by_key', at: number) =>
    log.add('queue_entry_ended', at, {
      ...place,
      outcome,
      waitedMs: Math.round(at) - Math.round(enteredAt),
      agentId: null,
    })
  const hangUp = (at: number, reason: 'abandoned_in_queue' | 'abandoned_while_ringing') => {
    end(at - enteredAt < rules.shortAbandonMs ? 'short_abandoned' : 'abandoned', at)
    log.add('contact_ended', at, { termination: { party: 'caller', reason } })
    return null
  }

  const leavesAt = enteredAt + Math.max(1_500, random.exponential(280_000))
  const keyAt = queue === 'operator' || random.chance(0.985) ? Number.POSITIVE_INFINITY : enteredAt + 25_000
  let offer = desk.nextFor(queue, enteredAt + 300)
  for (;;) {
    if (Math.min(leavesAt, keyAt, offer.at) - enteredAt > (rules.maxWaitMs ?? Number.POSITIVE_INFINITY)) {
      const at = enteredAt + (rules.maxWaitMs ?? 0)
      end('timed_out', at)
      log.add('contact_ended', at + 8_000, { termination: { party: 'flow', reason: 'flow_ended' } })
      return null
    }
    if (keyAt < Math.min(leavesAt, offer.at)) {
      end('left_by_key', keyAt)
      return waitInQueue(log, { queue: 'operator', enteredAt: keyAt + 200, arrivedAt }, world)
    }
    if (leavesAt < offer.at) return hangUp(leavesAt, 'abandoned_in_queue')

    const offerId = OfferId.parse(random.uuid())
    const { agent } = offer
    const ids = { offerId, ...place, agentId: agent.id }
    log.add('offer_made', offer.at, { ...ids, expiresAt: Math.round(offer.at) + rules.offerMs })
    const missed = random.chance(0.03)
    const endsAt = offer.at + (missed ? rules.offerMs : random.int(1_500, 9_000))
    if (leavesAt < endsAt) {
      log.add('offer_ended', leavesAt, { ...ids, outcome: 'withdrawn' })
      desk.occupy(agent, leavesAt)
      return hangUp(leavesAt, 'abandoned_while_ringing')
    }
    log.add('offer_ended', endsAt, { ...ids, outcome: missed ? 'expired' : 'accepted' })
    if (!missed) {
      const waitedMs = Math.round(endsAt) - Math.round(enteredAt)
      log.add('queue_entry_ended', endsAt, { ...place, outcome: 'answered', waitedMs, agentId: agent.id })
      return { entryId, agent, queue, at: endsAt }
    }
    desk.occupy(agent, endsAt + 60_000)
    offer = desk.nextFor(queue, endsAt)
  }
}
