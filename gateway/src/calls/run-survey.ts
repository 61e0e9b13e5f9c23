import { SurveyId } from '@ringdown/core/kernel'
import type { SurveyTrigger } from '@ringdown/core/survey'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { AgentSide, LiveCall } from './live-call.ts'
import { startFlow } from './run-ivr.ts'

/** Asks the caller, alone again, for a score of the segment that just ended. */
export async function surveyCaller(
  ctx: CallContext,
  call: LiveCall,
  { segmentId, agentId, queueId }: AgentSide,
  trigger: SurveyTrigger,
): Promise<void> {
  const surveyId = SurveyId.parse(ctx.newId())
  call.surveyId = surveyId
  const { contactId } = call.contact
  ctx.ledger.record(contactId, 'survey_sent', ctx.clock(), { surveyId, segmentId, agentId, queueId, trigger })
  await changeContact(ctx, call, { surveySent: true })
  await startFlow(ctx, call, 'afterCall')
}
