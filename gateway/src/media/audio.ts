import { err, ok, type Result } from '@ringdown/core/kernel'
import type { MediaClient } from '@ringdown/media/client'
import { MediaError } from '@ringdown/media/protocol'
import type { SipRefusal } from '../sip/sip-leg.ts'

/** What call control asks of the media server, in its own words. Throws MediaError where a refusal would be a surprise. */
export type Audio = ReturnType<typeof audioOf>

export function audioOf(media: MediaClient) {
  const toClose = new Set<string>()
  media.on('up', ({ legs }) => {
    for (const legId of legs) {
      if (toClose.has(legId)) media.call('leg.close', { legId }).catch(() => undefined)
    }
    toClose.clear()
  })
  return {
    /** False: the media server is away, and nothing can be heard or said. */
    get connected(): boolean {
      return media.connected
    },
    /**
     * A leg for a SIP peer: with its offer the SDP is our answer, without it our offer.
     * @param near a leg of the same call
     */
    async openLeg(offer: string | null, near?: string): Promise<Result<{ legId: string; sdp: string }, SipRefusal>> {
      const wanted = { ...(offer === null ? {} : { offer }), ...(near === undefined ? {} : { near }) }
      return refusable(() => media.call('leg.create', { kind: 'rtp', ...wanted }))
    },
    /** When the leg received audio last; null: never. */
    async heardAt(legId: string): Promise<number | null> {
      return (await media.call('leg.stats', { legId })).lastPacketAt
    },
    /** Their answer to our offer. */
    async acceptAnswer(legId: string, answer: string): Promise<Result<unknown, SipRefusal>> {
      return refusable(() => media.call('leg.accept', { legId, answer }))
    },
    /** A re-INVITE: our answer to their offer, or our offer when they sent none. */
    async renegotiate(legId: string, offer: string | null): Promise<Result<string, SipRefusal>> {
      const reply = await refusable(() => media.call('leg.modify', { legId, ...(offer === null ? {} : { offer }) }))
      return reply.ok ? ok(reply.value.sdp) : reply
    },
    /** A leg that cannot be closed because the media server is away is closed when that is back. */
    async closeLeg(legId: string): Promise<void> {
      await unlessGone(media.call('leg.close', { legId })).catch((error: unknown) => {
        if (codeOf(error) !== 'disconnected') throw error
        toClose.add(legId)
      })
    },
    /** @returns the id that `play.ended` will name */
    async play(legId: string, files: string[], interruptible: boolean): Promise<string> {
      return (await media.call('leg.play', { legId, files, interruptible })).playId
    },
    /** @param stream name of a music of the prompt folder: `default` */
    async music(legId: string, stream: string): Promise<void> {
      const play = (name: string) => media.call('leg.music', { legId, stream: `music/${name}.wav` })
      await play(stream).catch((error: unknown) => {
        if (stream === 'default' || codeOf(error) === 'leg_not_found') throw error
        return play('default')
      })
    },
    async stop(legId: string): Promise<void> {
      await unlessGone(media.call('leg.stop', { legId }))
    },
    async bridge(customer: string, agent: string): Promise<string> {
      return (await media.call('bridge.create', { legs: [customer, agent] })).bridgeId
    },
    async unbridge(bridgeId: string): Promise<void> {
      await unlessGone(media.call('bridge.close', { bridgeId }))
    },
    async mute(legId: string, muted: boolean): Promise<void> {
      await media.call('leg.mute', { legId, muted })
    },
    /** Sends keys by RFC 4733; false when the other side takes none that way. */
    async sendDigits(legId: string, digits: string): Promise<boolean> {
      try {
        await media.call('leg.dtmf', { legId, digits })
        return true
      } catch (error) {
        if (codeOf(error) === 'no_telephone_event') return false
        throw error
      }
    },
    /** Both sides into one stereo file. @returns the media server's id of the recording */
    async record(customer: string, agent: string, path: string): Promise<string> {
      return (await media.call('recording.start', { customer, agent, path })).recordingId
    },
    async recordAgent(recordingId: string, legId: string | null): Promise<void> {
      await unlessGone(media.call('recording.side', { recordingId, side: 'agent', legId }))
    },
    async stopRecording(recordingId: string): Promise<{ durationMs: number; bytes: number; sha256: string }> {
      const { durationMs, bytes, sha256 } = await media.call('recording.stop', { recordingId })
      return { durationMs: Math.round(durationMs), bytes, sha256 }
    },
  }
}

const codeOf = (error: unknown): string | null => (error instanceof MediaError ? error.code : null)

/** A leg, bridge or recording that is gone needs no closing. */
async function unlessGone(request: Promise<unknown>): Promise<void> {
  await request.catch((error: unknown) => {
    const code = codeOf(error)
    if (code === null || !['leg_not_found', 'bridge_not_found', 'recording_not_found'].includes(code)) throw error
  })
}

/** What the other side's SDP is to blame for is a SIP response; a media server that is away or full is 503. */
async function refusable<T>(deed: () => Promise<T>): Promise<Result<T, SipRefusal>> {
  try {
    return ok(await deed())
  } catch (error) {
    switch (codeOf(error)) {
      case 'no_common_codec':
        return err({ status: 488 })
      case 'invalid_sdp':
        return err({ status: 400, reason: 'Bad Session Description' })
      case 'no_ports':
      case 'disconnected':
      case 'request_timeout':
        return err({ status: 503, retryAfterS: 10 })
      default:
        throw error
    }
  }
}
