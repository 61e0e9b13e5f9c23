import { randomUUID } from 'node:crypto'
import type { QueueOutcome } from '@ringdown/core/contact'
import type { ContactEvent, ContactEventOf, ContactEventType } from '@ringdown/core/events'
import {
  ContactId,
  OfferId,
  QueueEntryId,
  type QueueId,
  RecordingId,
  SegmentId,
  SurveyId,
  type UserId,
} from '@ringdown/core/kernel'
import { anEvent, contactStarted } from '../factories/index.ts'

export type WalkWorld = { queues: readonly QueueId[]; agents: readonly UserId[]; startedAt: number }
type Facts<T extends ContactEventType> = Omit<ContactEventOf<T>, 'eventId' | 'contactId' | 'at' | 'type'>

/**
 * A contact that wanders: every choice picks one of the moves that are legal where it stands, so that any list of
 * numbers is a valid sequence of events.
 */
export class ContactWalk {
  readonly contactId = ContactId.parse(randomUUID())
  readonly events: ContactEvent[] = []
  readonly #world: WalkWorld
  #at: number
  #entry: { entryId: QueueEntryId; queueId: QueueId; enteredAt: number } | null = null
  #offer: { offerId: OfferId; agentId: UserId } | null = null
  #segment: { segmentId: SegmentId; agentId: UserId; held: boolean } | null = null
  #survey: SurveyId | null = null
  #ended = false

  constructor(world: WalkWorld) {
    this.#world = world
    this.#at = world.startedAt
    this.events.push(contactStarted(this.contactId, this.#at))
  }

  step(choice: number): void {
    const moves = this.#moves()
    this.#at += 1 + (choice % 7_919)
    moves[choice % moves.length]?.(choice >>> 3)
  }

  #moves(): ((choice: number) => void)[] {
    if (this.#ended) return []
    if (this.#offer) return [(c) => this.#endOffer(c), (c) => this.#answer(c), (c) => this.#leaveQueue(c)]
    if (this.#entry) return [(c) => this.#makeOffer(c), (c) => this.#leaveQueue(c)]
    if (this.#segment) return [() => this.#hold(), (c) => this.#leaveAgent(c), (c) => this.#record(c)]
    return [(c) => this.#enterQueue(c), (c) => this.#enterQueue(c), (c) => this.#askSurvey(c), () => this.#end()]
  }

  #add<T extends ContactEventType>(type: T, facts: Facts<T>): void {
    this.events.push(anEvent(this.contactId, type, this.#at, facts))
  }

  #enterQueue(choice: number): void {
    const queueId = pick(this.#world.queues, choice)
    this.#entry = { entryId: QueueEntryId.parse(randomUUID()), queueId, enteredAt: this.#at }
    const { entryId } = this.#entry
    this.#add('queue_entered', { entryId, queueId, arrivedAt: this.#at, priority: 0 })
  }

  #makeOffer(choice: number): void {
    this.#offer = { offerId: OfferId.parse(randomUUID()), agentId: pick(this.#world.agents, choice) }
    this.#add('offer_made', { ...this.#stay(), ...this.#offer, expiresAt: this.#at + 20_000 })
  }

  #endOffer(choice: number): void {
    const outcome = pick(['rejected', 'expired', 'device_failed'] as const, choice)
    if (this.#offer) this.#add('offer_ended', { ...this.#stay(), ...this.#offer, outcome })
    this.#offer = null
  }

  #answer(choice: number): void {
    if (!this.#offer || !this.#entry) return
    const { agentId } = this.#offer
    const { entryId, queueId } = this.#entry
    this.#add('offer_ended', { ...this.#stay(), ...this.#offer, outcome: 'accepted' })
    this.#endStay('answered', agentId)
    this.#segment = { segmentId: SegmentId.parse(randomUUID()), agentId, held: false }
    this.#offer = null
    this.#add('segment_started', { segmentId: this.#segment.segmentId, agentId, queueId, entryId })
    if (choice % 2 === 0) this.#add('notes_changed', { agentId, text: `note ${choice}` })
  }

  #leaveQueue(choice: number): void {
    if (this.#offer) this.#add('offer_ended', { ...this.#stay(), ...this.#offer, outcome: 'withdrawn' })
    this.#offer = null
    const unanswered: readonly QueueOutcome[] = [
      'abandoned',
      'short_abandoned',
      'timed_out',
      'left_by_key',
      'callback_requested',
      'overflowed',
      'no_agents',
      'withdrawn',
      'system_error',
    ]
    this.#endStay(pick(unanswered, choice), null)
  }

  #endStay(outcome: QueueOutcome, agentId: UserId | null): void {
    const waitedMs = this.#at - (this.#entry?.enteredAt ?? this.#at)
    this.#add('queue_entry_ended', { ...this.#stay(), outcome, waitedMs, agentId })
    this.#entry = null
  }

  #hold(): void {
    if (!this.#segment) return
    const { segmentId, held } = this.#segment
    this.#add(held ? 'segment_resumed' : 'segment_held', { segmentId })
    this.#segment.held = !held
  }

  #record(choice: number): void {
    if (!this.#segment) return
    const { segmentId } = this.#segment
    const recordingId = RecordingId.parse(randomUUID())
    this.#add('recording_started', { recordingId, segmentId, path: `${recordingId}.wav` })
    if (choice % 3 === 0) return
    const failed = choice % 5 === 0
    this.#add('recording_ended', { recordingId, segmentId, durationMs: 10, bytes: 204, sha256: 'ab', failed })
  }

  #leaveAgent(choice: number): void {
    if (!this.#segment) return
    const { segmentId, agentId } = this.#segment
    this.#add('segment_ended', { segmentId, agentId, by: 'agent', reason: 'normal' })
    this.#add('wrap_up_started', { segmentId, agentId, endsAt: this.#at + 60_000 })
    this.#segment = null
    this.#at += choice % 60_000
    this.#add('wrap_up_ended', { segmentId, agentId, disposition: choice % 2 ? 'solved' : null, by: 'agent' })
  }

  #askSurvey(choice: number): void {
    if (this.#survey) {
      const question = choice % 2 ? 'csat' : 'nps'
      this.#add('survey_answered', { surveyId: this.#survey, question, score: 1 + (choice % 5) })
      return
    }
    this.#survey = SurveyId.parse(randomUUID())
    const trigger = 'after_call'
    this.#add('survey_sent', { surveyId: this.#survey, segmentId: null, agentId: null, queueId: null, trigger })
  }

  #end(): void {
    this.#ended = true
    this.#add('contact_ended', { termination: { party: 'caller', reason: 'normal' } })
  }

  #stay(): { entryId: QueueEntryId; queueId: QueueId } {
    if (!this.#entry) throw new Error('not in a queue')
    return { entryId: this.#entry.entryId, queueId: this.#entry.queueId }
  }
}

const pick = <T>(items: readonly T[], choice: number): T => items[choice % items.length] as T
