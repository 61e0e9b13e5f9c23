import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentWork } from '@ringdown/core/agent'
import { type ContactId, err, ok, type Result, type UserId } from '@ringdown/core/kernel'
import type { Agents } from '../agents/agents.ts'
import type { CallContext } from '../calls/context.ts'
import { saveTicketOfCall } from '../calls/save-ticket.ts'
import type { CommandHandlers, Refusal } from './handlers.ts'

const EXTENSION_MS = 60_000
const WRITTEN_MS = 1000

type Parts = Pick<CallContext, 'agents' | 'bus' | 'clock' | 'ledger' | 'live' | 'sql'> & {
  agentDesks: Pick<Agents, 'endWrapUp' | 'extendWrapUp'>
}

/** Finishing a call: any gateway can, the caller is gone. */
export function wrapUpHandlers(ctx: Parts): Pick<CommandHandlers, 'wrap-up:complete' | 'wrap-up:extend'> {
  return {
    async 'wrap-up:complete'(actor, { contactId, disposition, ticket, next }) {
      const work = await wrapUpOf(ctx, actor.userId, contactId)
      if (!work.ok) return work
      const { segmentId } = work.value
      // The ticket first: what the agent wrote must not be lost when time runs out in this very moment.
      const ticketNumber = await saveTicketOfCall(ctx, actor, { contactId, segmentId }, ticket)
      const end = { agentId: actor.userId, segmentId, disposition, by: 'agent', status: next } as const
      await ctx.agentDesks.endWrapUp(end)
      await forgetContact(ctx, contactId)
      await written(ctx, contactId)
      return ok({ ticketNumber })
    },
    async 'wrap-up:extend'({ userId: agentId }, { contactId }) {
      const work = await wrapUpOf(ctx, agentId, contactId)
      if (!work.ok) return work
      const { segmentId } = work.value
      const extended = await ctx.agentDesks.extendWrapUp({ agentId, segmentId, byMs: EXTENSION_MS })
      return extended.ok ? ok({}) : err(wrapUpOver)
    },
  }
}

type WrapUp = Extract<AgentWork, { state: 'wrap_up' }>

async function wrapUpOf(ctx: Parts, agentId: UserId, contactId: ContactId): Promise<Result<WrapUp, Refusal>> {
  const work = (await ctx.agents.read(agentId))?.work
  return work?.state === 'wrap_up' && work.contactId === contactId ? ok(work) : err(wrapUpOver)
}

/** Once it ended and nobody works on it any more, nobody looks at a contact; after a transfer two agents wrap up. */
async function forgetContact(ctx: Parts, contactId: ContactId): Promise<void> {
  const [contact, agents] = await Promise.all([ctx.live.read(contactId), ctx.agents.readAll()])
  const needed = agents.some(({ work }) => work.state !== 'idle' && work.contactId === contactId)
  if (contact?.phase === 'ended' && !needed) await ctx.live.remove(contactId)
}

/** What was saved can be read when the page is told so; a slow database does not hold the agent up for long. */
const written = (ctx: Parts, contactId: ContactId): Promise<unknown> =>
  Promise.race([ctx.ledger.written(contactId), sleep(WRITTEN_MS, undefined, { ref: false })])

const wrapUpOver: Refusal = { code: 'wrap_up_ended', message: 'Wrap-up of this call is over.' }
