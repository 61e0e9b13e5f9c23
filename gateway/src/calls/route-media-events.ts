import type { MediaClient } from '@ringdown/media/client'
import { agentLost } from './agent-lost.ts'
import { callerLeft } from './caller-left.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'
import { playMusic } from './play.ts'
import { pressKey } from './press-key.ts'
import { rebridge } from './rebridge.ts'
import { tellFlow } from './run-ivr.ts'

/** What the media server tells of legs, as deeds on the calls they belong to. */
export function routeMediaEvents(ctx: CallContext, media: MediaClient): void {
  const on = (legId: string, what: string, deed: (call: LiveCall) => Promise<void>) => {
    const call = ctx.calls.byLeg(legId)
    call
      ?.run(() => deed(call))
      .catch((error: unknown) => ctx.log.error({ err: error, contactId: call.contact.contactId }, what))
  }
  media.on('dtmf', ({ legId, digit }) =>
    on(legId, 'a key could not be handled', async (call) => {
      if (legId === call.legId) await pressKey(ctx, call, digit)
    }),
  )
  media.on('play.ended', ({ legId, playId }) =>
    on(legId, 'the end of a prompt could not be handled', (call) => playEnded(ctx, call, playId)),
  )
  media.on('leg.lost', ({ legId }) =>
    on(legId, 'a lost leg could not be handled', async (call) => {
      // A SIP side decides by itself how long it may be silent; a headset has nothing else to be known by.
      const sip = legId === call.legId ? call.caller : call.agent?.legId === legId ? call.agent.phone : null
      if (sip) return sip.silent()
      if (call.agent?.legId === legId) return agentLost(ctx, call, call.agent.agentId)
    }),
  )
  media.on('leg.connected', ({ legId }) =>
    on(legId, 'a leg that is back could not be handled', async (call) => {
      if (legId === call.legId) return call.caller?.heard()
      if (call.agent?.legId !== legId) return
      if (call.agent.phone) return call.agent.phone.heard()
      if (call.agent.lostTimer) await rebridge(ctx, call, call.agent.agentId, legId)
    }),
  )
  media.on('recording.failed', ({ recordingId, fatal, message }) =>
    ctx.log.error({ mediaId: recordingId, fatal, message }, 'a recording has a gap or cannot go on'),
  )
  media.on('leg.closed', ({ legId, reason }) => {
    if (reason !== 'requested') on(legId, 'a closed leg could not be handled', (call) => legGone(ctx, call, legId))
  })
}

/** The media server dropped a leg, or died with all of them. */
export async function legGone(ctx: CallContext, call: LiveCall, legId: string): Promise<void> {
  if (legId === call.legId) return callerLeft(ctx, call, { party: 'system', reason: 'media_lost' })
  if (call.agent?.legId === legId) return agentLost(ctx, call, call.agent.agentId)
}

async function playEnded(ctx: CallContext, call: LiveCall, playId: string): Promise<void> {
  if (call.playing?.playId !== playId) return
  const { next } = call.playing
  call.playing = null
  if (next.kind === 'flow') return tellFlow(ctx, call, { type: 'play_ended', token: next.token, at: ctx.clock() })
  if (call.stay) await playMusic(ctx, call)
}
