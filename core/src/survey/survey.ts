import { z } from 'zod'
import { ContactId, Instant, QueueId, SegmentId, SurveyId, TicketId, UserId } from '../kernel/index.ts'

/** Why the caller was asked: he stayed on the line, or the agent sent it. */
export const SurveyTrigger = z.enum(['after_call', 'agent'])
export type SurveyTrigger = z.infer<typeof SurveyTrigger>

/** One asking, answered or not; joined to segment, agent, queue and ticket. */
export const Survey = z.object({
  id: SurveyId,
  contactId: ContactId,
  segmentId: SegmentId.nullable(),
  agentId: UserId.nullable(),
  queueId: QueueId.nullable(),
  ticketId: TicketId.nullable(),
  trigger: SurveyTrigger,
  sentAt: Instant,
  /** 1 (very dissatisfied) to 5 (very satisfied); null: not answered. */
  csat: z.number().int().min(1).max(5).nullable(),
  /** 0 to 10, the optional 'would you recommend us' question. */
  nps: z.number().int().min(0).max(10).nullable(),
  answeredAt: Instant.nullable(),
})
export type Survey = z.infer<typeof Survey>

/** CSAT as the share of 4s and 5s among answers, 0–1; null without answers. */
export function csatShare(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : scores.filter((s) => s >= 4).length / scores.length
}

/** NPS: promoters (9–10) minus detractors (0–6), −100 to 100; null without answers. */
export function npsScore(scores: readonly number[]): number | null {
  if (scores.length === 0) return null
  const promoters = scores.filter((s) => s >= 9).length
  const detractors = scores.filter((s) => s <= 6).length
  return Math.round(((promoters - detractors) / scores.length) * 100)
}
