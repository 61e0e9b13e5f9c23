import { type ContactPhaseEvent, contactPhase, type LiveContact } from '@ringdown/core/contact'
import type { UserId } from '@ringdown/core/kernel'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/**
 * Moves a call by the phase machine.
 * @returns false for an illegal move: the caller of this function has come too late and must do nothing
 */
export function move(ctx: CallContext, call: LiveCall, event: ContactPhaseEvent): boolean {
  const next = contactPhase.step(call.phase, event)
  if (!next.ok) {
    ctx.log.debug({ contactId: call.contact.contactId, ...next.error }, 'a move of a call came too late')
    return false
  }
  call.phase = next.value
  return true
}

/**
 * Changes what other gateways and desks see of a call, and tells the agents concerned, before and after.
 * An unreachable Redis is logged: the call itself goes on.
 */
export async function changeContact(ctx: CallContext, call: LiveCall, change: Partial<LiveContact>): Promise<void> {
  const concerned = new Set(agentsOf(call.contact))
  call.contact = { ...call.contact, ...change, phase: call.phase.state }
  for (const agentId of agentsOf(call.contact)) concerned.add(agentId)
  await saveContact(ctx, call.contact, concerned)
}

/** Writes a live contact and makes the desks of these agents compose themselves anew. */
export async function saveContact(ctx: CallContext, contact: LiveContact, agents: Iterable<UserId>): Promise<void> {
  try {
    await ctx.live.write(contact)
    await Promise.all([...agents].map((agentId) => ctx.bus.publish({ kind: 'desk', agentId })))
  } catch (error) {
    ctx.log.warn({ err: error, contactId: contact.contactId }, 'a live contact could not be shared')
  }
}

const agentsOf = ({ offer, segment }: LiveContact): UserId[] =>
  [offer?.agentId, segment?.agentId].filter((id) => id !== undefined)
