import { SegmentId, SurveyId } from '@ringdown/core/kernel'
import type { Random } from '../random.ts'
import type { DemoStaff, DemoUser, QueueKey } from '../staff.ts'
import type { CallLog } from './call-log.ts'
import type { Desk } from './desk.ts'
import { type Answer, waitInQueue } from './wait-in-queue.ts'

/** What remains of the last segment, for ticket and recording. */
export type Talk = {
  segmentId: SegmentId
  agent: DemoUser
  queue: QueueKey
  startedAt: number
  endedAt: number
  wrappedUpAt: number
}
type World = { staff: DemoStaff; desk: Desk; random: Random /** Nobody talks later. */; endsBy: number }

const dispositions: Record<QueueKey, readonly (readonly [string, number])[]> = {
  'after-sales': [
    ['solved', 60],
    ['follow_up', 30],
    ['caller_gone', 3],
  ],
  sales: [
    ['order_taken', 25],
    ['quote_sent', 40],
    ['follow_up', 25],
    ['solved', 10],
  ],
  complaints: [
    ['complaint_taken', 75],
    ['solved', 25],
  ],
  operator: [
    ['solved', 75],
    ['wrong_number', 15],
    ['follow_up', 10],
  ],
}
/** In the queue after a transfer. */
const longestWaitMs = 15 * 60_000
const notes = [
  '客户确认收货地址，稍后补发。',
  '已远程指导重启，恢复正常。',
  '客户要求书面报价，今日发出。',
  '需要工程师上门，客户周三下午有空。',
  'Asked for the delivery date; promised a reply by e-mail.',
  'Confirmed serial number and warranty.',
]

/**
 * The agent's part: talk, hold, transfer, wrap-up, survey and the end of the call.
 * @returns the last talk, or null when the caller left after a transfer
 */
export function talk(log: CallLog, answer: Answer, world: World): Talk | null {
  const { desk, random, staff } = world
  const { agent, queue, entryId, at: startedAt } = answer
  const segmentId = SegmentId.parse(random.uuid())
  const who = { segmentId, agentId: agent.id }
  log.add('segment_started', startedAt, { ...who, queueId: staff.queues[queue].id, entryId })
  const talkMs = Math.min(35_000 + random.exponential(150_000), world.endsBy - startedAt)
  const endedAt = startedAt + talkMs
  if (random.chance(0.2)) {
    const heldAt = startedAt + talkMs * 0.3
    log.add('segment_held', heldAt, { segmentId })
    log.add('segment_resumed', heldAt + Math.min(talkMs * 0.4, random.int(8_000, 60_000)), { segmentId })
  }
  if (random.chance(0.3)) log.add('notes_changed', endedAt - 4_000, { agentId: agent.id, text: random.pick(notes) })

  const inTime = endedAt + longestWaitMs < world.endsBy
  if (queue !== 'complaints' && random.chance(0.05) && inTime)
    return transfer(log, { who, queue, agent, endedAt }, world)

  const wrappedUpAt = wrapUp(log, { who, queue, endedAt }, world)
  desk.occupy(agent, wrappedUpAt)
  const callerFirst = random.chance(0.45)
  log.add('segment_ended', endedAt, { ...who, by: callerFirst ? 'caller' : 'agent', reason: 'normal' })
  const party = callerFirst ? 'caller' : 'agent'
  if (callerFirst || !staff.queues[queue].survey) {
    log.add('contact_ended', endedAt + 20, { termination: { party, reason: 'normal' } })
  } else {
    survey(log, { who, queue, endedAt }, world)
  }
  return { segmentId, agent, queue, startedAt, endedAt, wrappedUpAt }
}

type Ending = { who: { segmentId: SegmentId; agentId: DemoUser['id'] }; queue: QueueKey; endedAt: number }

function wrapUp(log: CallLog, { who, queue, endedAt }: Ending, { random, staff }: World): number {
  const { wrapUpMs } = staff.queues[queue]
  const timedOut = random.chance(0.05)
  const endsAt = endedAt + (timedOut ? wrapUpMs : random.int(6_000, Math.round(wrapUpMs * 0.8)))
  log.add('wrap_up_started', endedAt + 10, { ...who, endsAt: Math.round(endedAt) + wrapUpMs })
  log.add('wrap_up_ended', endsAt, {
    ...who,
    disposition: timedOut ? null : random.weighted(dispositions[queue]),
    by: timedOut ? 'timer' : 'agent',
  })
  return endsAt
}

function transfer(log: CallLog, ending: Ending & { agent: DemoUser }, world: World): Talk | null {
  const { who, agent, endedAt } = ending
  const target: QueueKey = ending.queue === 'operator' ? 'after-sales' : 'complaints'
  log.add('contact_transferred', endedAt - 50, {
    ...who,
    to: { kind: 'queue', queueId: world.staff.queues[target].id },
  })
  log.add('segment_ended', endedAt, { ...who, by: 'agent', reason: 'transferred' })
  log.add('wrap_up_started', endedAt + 10, { ...who, endsAt: Math.round(endedAt) + 30_000 })
  log.add('wrap_up_ended', endedAt + 15_000, { ...who, disposition: 'transferred', by: 'agent' })
  world.desk.occupy(agent, endedAt + 15_000)
  const answer = waitInQueue(log, { queue: target, enteredAt: endedAt + 30, arrivedAt: endedAt + 30 }, world)
  return answer && talk(log, answer, world)
}

function survey(log: CallLog, { who, queue, endedAt }: Ending, { random, staff }: World): void {
  const surveyId = SurveyId.parse(random.uuid())
  const trigger = random.chance(0.15) ? 'agent' : 'after_call'
  log.add('survey_sent', endedAt + 100, { surveyId, ...who, queueId: staff.queues[queue].id, trigger })
  let at = endedAt + random.int(5_000, 11_000)
  if (random.chance(0.35)) {
    log.add('contact_ended', at, { termination: { party: 'caller', reason: 'normal' } })
    return
  }
  const csat = random.weighted([
    [5, 48],
    [4, 33],
    [3, 11],
    [2, 5],
    [1, 3],
  ] as const)
  log.add('survey_answered', at, { surveyId, question: 'csat', score: csat })
  if (random.chance(0.6)) {
    at += random.int(4_000, 9_000)
    log.add('survey_answered', at, { surveyId, question: 'nps', score: Math.min(10, csat * 2 - random.int(0, 2)) })
  }
  log.add('contact_ended', at + 3_500, { termination: { party: 'flow', reason: 'survey_finished' } })
}
