import { z } from 'zod'

const legId = z.string()

/** What the server tells the owner of a leg or recording, without being asked. */
export const events = {
  /** First audio came (RTP), or ICE and DTLS are up (WebRTC); again after `leg.lost` when audio is back. */
  'leg.connected': z.object({ legId }),
  /** The leg still exists; close it or wait for `leg.connected`. */
  'leg.lost': z.object({ legId, reason: z.enum(['ice_failed', 'rtp_timeout', 'dtls_closed']) }),
  /** `failed`: the thread that carried the leg died. */
  'leg.closed': z.object({ legId, reason: z.enum(['requested', 'owner_gone', 'shutdown', 'failed']) }),
  /** One key press, when it ended. Durations are the sender's, RFC 4733 2.3.5. */
  dtmf: z.object({ legId, digit: z.string(), durationMs: z.number() }),
  'play.ended': z.object({ legId, playId: z.string(), reason: z.enum(['finished', 'stopped', 'barged', 'failed']) }),
  /** Root mean square of the last 200 ms, 0..1 of full scale. */
  'leg.level': z.object({ legId, in: z.number(), out: z.number() }),
  /** What the leg heard in the last five seconds. `remoteLoss` is what the other side reports, 0..1. */
  'leg.quality': z.object({
    legId,
    packets: z.number(),
    lost: z.number(),
    jitterMs: z.number(),
    roundTripMs: z.number().nullable(),
    remoteLoss: z.number().nullable(),
    mos: z.number(),
  }),
  /** `one_way`: we send, and nothing comes. `silent`: what comes is digital silence. Told again when it is over. */
  'leg.alarm': z.object({ legId, alarm: z.enum(['one_way', 'silent']), active: z.boolean() }),
  /** The call goes on. `fatal: false`: the disk was too slow, the gap is silence. `fatal: true`: nothing more is written. */
  'recording.failed': z.object({ recordingId: z.string(), fatal: z.boolean(), message: z.string() }),
} as const satisfies Record<string, z.ZodType>

export type EventName = keyof typeof events
export type EventData<E extends EventName> = z.output<(typeof events)[E]>
/** Hands one event to whoever listens. */
export type Emit = <E extends EventName>(event: E, data: EventData<E>) => void
