import { err, ok, type Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** The agent's microphone reaches nobody while muted, the recording included. */
export async function muteAgent(ctx: CallContext, call: LiveCall, muted: boolean): Promise<Result<void, Refusal>> {
  const { agent } = call
  if (!agent?.legId || !call.contact.segment) {
    return err({ code: 'no_headset', message: 'Your headset is not connected.' })
  }
  await ctx.audio.mute(agent.legId, muted)
  await changeContact(ctx, call, { segment: { ...call.contact.segment, muted } })
  return ok(undefined)
}
