import type { Queue } from '@ringdown/core/acd'
import { type ContactId, never, SurveyId } from '@ringdown/core/kernel'
import { begin, type EngineStep, type IvrCommand, type IvrInput, type QueueLeft, step } from '@ringdown/ivr'
import { announceWait } from './announce-wait.ts'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import { endCall } from './end-call.ts'
import { enqueueCall } from './enqueue-call.ts'
import { enqueueForAgent } from './enqueue-for-agent.ts'
import { lookUpCaller } from './identify-caller.ts'
import { leaveQueue } from './leave-queue.ts'
import type { LiveCall } from './live-call.ts'
import { say } from './play.ts'

/** Lets the caller into the flow: at its start, or where he goes on after the agent has left. */
export async function startFlow(ctx: CallContext, call: LiveCall, entry: 'start' | 'afterCall'): Promise<void> {
  // The caller may have hung up while he was looked up.
  if (call.phase.state !== 'greeted') return
  const facts = { ...call.ivr.state.facts, collected: null, chosen: {}, asked: {} }
  await carryOut(ctx, call, begin(call.ivr.flow, entry, facts, ctx.clock()))
}

/** Tells the flow what happened, and does what it then wants. */
export async function tellFlow(ctx: CallContext, call: LiveCall, input: IvrInput): Promise<void> {
  await carryOut(ctx, call, step(call.ivr.flow, call.ivr.state, input))
}

async function carryOut(ctx: CallContext, call: LiveCall, { state, commands }: EngineStep): Promise<void> {
  call.ivr.state = state
  for (const command of commands) await doCommand(ctx, call, command)
}

async function doCommand(ctx: CallContext, call: LiveCall, command: IvrCommand): Promise<void> {
  const { contactId } = call.contact
  const at = ctx.clock()
  switch (command.type) {
    case 'play': {
      const { token, prompts, interruptible } = command
      const said = await say(ctx, call, prompts, { next: { kind: 'flow', token }, interruptible })
      if (!said) later(ctx, call, { type: 'play_ended', token, at })
      return
    }
    case 'wait':
      return startWait(ctx, call, command.token, command.ms)
    case 'look_up':
      return lookUp(ctx, call, command)
    case 'enqueue':
    case 'transfer':
      return enqueueByFlow(ctx, call, command)
    case 'leave_queue':
      if (await leaveQueue(ctx, call, 'left_by_key')) return queueLeft(ctx, call, { by: 'key', key: command.key })
      return
    case 'announce_wait':
      return announceWait(ctx, call)
    case 'set_language':
      ctx.ledger.record(contactId, 'language_chosen', at, { language: command.language })
      return changeContact(ctx, call, { language: command.language })
    case 'record_step':
      ctx.ledger.record(contactId, 'ivr_step', at, { step: command.step })
      return changeContact(ctx, call, { ivrPath: [...call.contact.ivrPath, command.step] })
    case 'record_score': {
      const surveyId = call.surveyId ?? sendSurvey(ctx, call, contactId)
      return ctx.ledger.record(contactId, 'survey_answered', at, {
        surveyId,
        question: command.question,
        score: command.score,
      })
    }
    case 'hang_up':
      return endCall(ctx, call, { party: command.reason === 'error' ? 'system' : 'flow', reason: command.reason })
    default:
      return never(command)
  }
}

/** How the stay in a queue ended, told to the flow if it was the flow that queued the caller. */
export async function queueLeft(ctx: CallContext, call: LiveCall, left: QueueLeft): Promise<void> {
  const token = call.stay?.ivrToken ?? null
  call.stay = null
  call.playing = null
  if (token !== null) await tellFlow(ctx, call, { type: 'queue_left', token, left, at: ctx.clock() })
}

/** A survey node inside a flow asks without an agent having been there. */
function sendSurvey(ctx: CallContext, call: LiveCall, contactId: ContactId): SurveyId {
  call.surveyId = SurveyId.parse(ctx.newId())
  const who = { segmentId: null, agentId: null, queueId: null }
  ctx.ledger.record(contactId, 'survey_sent', ctx.clock(), { surveyId: call.surveyId, ...who, trigger: 'after_call' })
  return call.surveyId
}

async function enqueueByFlow(
  ctx: CallContext,
  call: LiveCall,
  command: Extract<IvrCommand, { type: 'enqueue' | 'transfer' }>,
): Promise<void> {
  const { token } = command
  const queue = await ctx.queue({ key: command.queue })
  if (queue && (await enter(ctx, call, command, queue))) return
  later(ctx, call, { type: 'queue_left', token, left: { by: 'unavailable' }, at: ctx.clock() })
}

async function enter(
  ctx: CallContext,
  call: LiveCall,
  command: Extract<IvrCommand, { type: 'enqueue' | 'transfer' }>,
  queue: Queue,
): Promise<boolean> {
  const { token } = command
  if (command.type === 'enqueue') {
    const { priority } = command
    const onMaxWait = () => leaveSoon(ctx, call, token, 'timed_out')
    return enqueueCall(ctx, call, {
      queue,
      priority,
      forAgentId: null,
      ivrToken: token,
      greeting: 'queue-entered',
      onMaxWait,
    })
  }
  const agentId = await ctx.agentOf(command.extension)
  if (agentId === null) return false
  const direct = { queue, priority: 0, forAgentId: agentId, ivrToken: token, greeting: 'transferring' }
  return enqueueForAgent(ctx, call, direct, async () => leaveSoon(ctx, call, token, 'withdrawn'))
}

/** The wait is over; unless an agent was faster, the flow says what comes next. */
function leaveSoon(ctx: CallContext, call: LiveCall, token: number, outcome: 'timed_out' | 'withdrawn'): void {
  const deed = async () => {
    if (call.stay?.ivrToken !== token || !(await leaveQueue(ctx, call, outcome))) return
    await queueLeft(ctx, call, { by: outcome === 'timed_out' ? 'timed_out' : 'unavailable' })
  }
  call.run(deed).catch((error: unknown) => ctx.log.error({ err: error }, 'a wait that was over could not be ended'))
}

function lookUp(ctx: CallContext, call: LiveCall, command: Extract<IvrCommand, { type: 'look_up' }>): void {
  lookUpCaller(ctx, call, command.by === 'code' ? command.code : null)
    .then(({ found, grade }) =>
      later(ctx, call, { type: 'looked_up', token: command.token, found, grade, at: ctx.clock() }),
    )
    .catch((error: unknown) => ctx.log.error({ err: error }, 'a look-up could not be told to the flow'))
}

function startWait(ctx: CallContext, call: LiveCall, token: number, ms: number): void {
  if (call.ivr.wait) clearTimeout(call.ivr.wait)
  call.ivr.wait = setTimeout(() => later(ctx, call, { type: 'deadline', token, at: ctx.clock() }), ms)
}

/** Gives the flow an input after what is being done now. */
function later(ctx: CallContext, call: LiveCall, input: IvrInput): void {
  call
    .run(() => tellFlow(ctx, call, input))
    .catch((error: unknown) => ctx.log.error({ err: error, contactId: call.contact.contactId }, 'a flow stumbled'))
}
