import type { CommandInput } from '@ringdown/core/contract'
import { err, ok, type Result } from '@ringdown/core/kernel'
import { chooseCustomer } from '../calls/choose-customer.ts'
import type { CallContext } from '../calls/context.ts'
import { agentHungUp } from '../calls/hang-up.ts'
import { holdCall } from '../calls/hold-call.ts'
import type { LiveCall } from '../calls/live-call.ts'
import { muteAgent } from '../calls/mute-agent.ts'
import { resumeCall } from '../calls/resume-call.ts'
import { sendDtmf } from '../calls/send-dtmf.ts'
import { sendSurvey } from '../calls/send-survey.ts'
import { transferCall } from '../calls/transfer-call.ts'
import { writeNotes } from '../calls/write-notes.ts'
import type { Actor, CommandHandlers, Refusal } from './handlers.ts'
import { routeToOwner } from './route-to-owner.ts'

/** Commands on a call that is alive; the two that are also allowed in wrap-up are in `wrap-up.ts`. */
type CallCommand =
  | 'call:hold'
  | 'call:resume'
  | 'call:mute'
  | 'call:dtmf'
  | 'call:transfer'
  | 'call:hang-up'
  | 'call:send-survey'
type Deed<K extends CallCommand> = (
  call: LiveCall,
  actor: Actor,
  input: CommandInput<K>,
) => Promise<Result<void, Refusal>>

/** What the agent of a call may do with it, carried out where the call is held. */
export function callHandlers(
  ctx: CallContext,
): Pick<CommandHandlers, CallCommand | 'call:write-notes' | 'call:choose-customer'> {
  const onMyCall =
    <K extends CallCommand>(command: K, deed: Deed<K>) =>
    async (actor: Actor, input: CommandInput<K>): Promise<Result<Record<string, never>, Refusal>> => {
      const call = ctx.calls.get(input.contactId)
      if (!call) return routeToOwner(ctx, command as CallCommand, actor, input, input.contactId)
      const done = await call.run(async () => {
        if (call.agent?.agentId !== actor.userId) return err(notYours)
        return deed(call, actor, input)
      })
      return done.ok ? ok({}) : done
    }
  return {
    'call:hold': onMyCall('call:hold', (call) => holdCall(ctx, call)),
    'call:resume': onMyCall('call:resume', (call) => resumeCall(ctx, call)),
    'call:mute': onMyCall('call:mute', (call, _, { muted }) => muteAgent(ctx, call, muted)),
    'call:dtmf': onMyCall('call:dtmf', (call, _, { digits }) => sendDtmf(ctx, call, digits)),
    'call:transfer': onMyCall('call:transfer', (call, actor, { to }) => transferCall(ctx, call, actor, to)),
    'call:send-survey': onMyCall('call:send-survey', (call) => sendSurvey(ctx, call)),
    'call:hang-up': onMyCall('call:hang-up', async (call, { userId }) => {
      await agentHungUp(ctx, call, userId, { party: 'agent', reason: 'normal' })
      return ok(undefined)
    }),
    'call:write-notes': (actor, input) => writeNotes(ctx, actor, input),
    'call:choose-customer': (actor, input) => chooseCustomer(ctx, actor, input),
  }
}

const notYours: Refusal = { code: 'not_your_call', message: 'You are not on this call.' }
