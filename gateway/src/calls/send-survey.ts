import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'
import { endSegment } from './end-segment.ts'
import type { LiveCall } from './live-call.ts'
import { surveyCaller } from './run-survey.ts'

/** The agent sends the caller to the survey and leaves. */
export async function sendSurvey(ctx: CallContext, call: LiveCall): Promise<Result<void, Refusal>> {
  const { agent } = call
  if (!agent) return err({ code: 'not_in_call', message: 'There is no caller to ask.' })
  if (call.ivr.flow.afterCall === null) {
    return err({ code: 'no_survey', message: 'The flow of this number has no survey.' })
  }
  await endSegment(ctx, call, { party: 'agent', reason: 'normal' })
  await surveyCaller(ctx, call, agent, 'agent')
  return ok(undefined)
}
