import type { ContactEvent } from '@ringdown/core/events'
import type { TicketId } from '@ringdown/core/kernel'
import type { Survey } from '@ringdown/core/survey'
import { changeRow } from './change-row.ts'
import { LedgerViolation } from './ledger-violation.ts'

export function foldSurveys(surveys: readonly Survey[], event: ContactEvent): readonly Survey[] {
  switch (event.type) {
    case 'survey_sent': {
      const { surveyId: id, contactId, segmentId, agentId, queueId, trigger, at: sentAt } = event
      const survey = { id, contactId, segmentId, agentId, queueId, ticketId: null, trigger, sentAt }
      return [...surveys, { ...survey, csat: null, nps: null, answeredAt: null }]
    }
    case 'survey_answered': {
      const { question, score, at } = event
      if (question === 'csat' && (score < 1 || score > 5))
        throw new LedgerViolation(`csat ${score} is not within 1 to 5`)
      return changeRow(surveys, event.surveyId, event, (survey) => ({
        ...survey,
        [question]: score,
        answeredAt: survey.answeredAt ?? at,
      }))
    }
    default:
      return surveys
  }
}

/** Joins surveys to the ticket of their contact, whichever came first. */
export function joinTicket(surveys: readonly Survey[], ticketId: TicketId | null): readonly Survey[] {
  if (surveys.every((survey) => survey.ticketId === ticketId)) return surveys
  return surveys.map((survey) => (survey.ticketId === ticketId ? survey : { ...survey, ticketId }))
}
