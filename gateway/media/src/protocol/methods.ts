import { z } from 'zod'
import { CodecName } from '../codec/names.ts'

const id = z.string().min(1).max(100)
const sdp = z.string().min(1).max(65_536)
const path = z.string().min(1).max(1_024)
const nothing = z.object({})

/** Two tones at most are mixed at equal level; `onMs`/`offMs` give the cadence, `offMs: 0` a steady tone. */
export const Cadence = z.strictObject({
  frequencies: z.array(z.number().min(50).max(3_800)).min(1).max(4),
  onMs: z.number().int().min(20).max(60_000),
  offMs: z.number().int().min(0).max(60_000),
})
export type Cadence = z.infer<typeof Cadence>

export const Tone = z.union([z.enum(['ringback', 'busy', 'congestion']), Cadence])
export type Tone = z.infer<typeof Tone>

/**
 * What a leg does in a mix: `talk` is heard by all, `listen` and `muted` only hear, `whisper` is heard by the leg `to`
 * only, `hold` neither hears nor is heard.
 */
export const MixRole = z.enum(['talk', 'listen', 'whisper', 'muted', 'hold'])
export type MixRole = z.infer<typeof MixRole>

/** A moment worth finding in a recording, in ms from its start. */
export const Mark = z.object({ atMs: z.number(), kind: z.enum(['pause', 'resume', 'side']), note: z.string() })
export type Mark = z.infer<typeof Mark>

/** Who spoke how long, in ms. `customerMs` and `agentMs` hold `bothMs` too. */
export const TalkTimes = z.object({
  customerMs: z.number(),
  agentMs: z.number(),
  bothMs: z.number(),
  neitherMs: z.number(),
})
export type TalkTimes = z.infer<typeof TalkTimes>

export const LegStats = z.object({
  kind: z.enum(['rtp', 'webrtc']),
  state: z.enum(['waiting', 'connected', 'lost', 'closed']),
  codec: CodecName.nullable(),
  remoteAddress: z.string().nullable(),
  packetsReceived: z.number(),
  packetsSent: z.number(),
  packetsLost: z.number(),
  /** Packets from a source that the leg does not listen to. */
  packetsRefused: z.number(),
  /** Interarrival jitter of RFC 3550 6.4.1. */
  jitterMs: z.number(),
  roundTripMs: z.number().nullable(),
  /** Loss the other side reports about what we send, 0..1. */
  remoteLoss: z.number().nullable(),
  lastPacketAt: z.number().nullable(),
  /** Mean opinion score 1..4.5 of what we receive (ITU-T G.107, G.711); null before anything was heard. */
  mos: z.number().nullable(),
  /** The same of the worst five seconds. */
  lowestMos: z.number().nullable(),
  /** What the other side measured of what we send (RFC 3611 4.7), where it reports it. */
  remoteMos: z.number().nullable(),
})
export type LegStats = z.infer<typeof LegStats>

/** What the leg may speak, most wanted first; the server's setting unless given. */
const codecs = z.array(CodecName).min(1).max(4).optional()

const rtpLeg = z.strictObject({
  kind: z.literal('rtp'),
  /** With an offer the result is the answer; without one it is our offer, completed by `leg.accept`. */
  offer: sdp.optional(),
  /** Offer (or answer with) a stream on hold. */
  hold: z.boolean().optional(),
  codecs,
  /** While the other side names no RFC 4733 events, find keys in the audio and send them as tones. */
  inbandKeys: z.boolean().optional(),
  /** Make our offers encrypted (RTP/SAVP with keys by SDES). What is offered to us is answered as it comes. */
  srtp: z.boolean().optional(),
  /** Send `leg.level` events. */
  levels: z.boolean().optional(),
  /** A leg it will be joined with: made beside it, if that may be. One that is gone changes nothing. */
  near: id.optional(),
})
const webrtcLeg = z.strictObject({ kind: z.literal('webrtc'), offer: sdp, codecs, levels: z.boolean().optional() })

/** Every request: its parameters and its result. The types on both sides of the wire come from here. */
export const methods = {
  /** First on every connection. `owner` names whose legs these are; a later connection of the same owner adopts them. */
  hello: {
    params: z.strictObject({ secret: z.string().max(1_000), owner: id.optional() }),
    result: z.object({
      version: z.literal(1),
      owner: z.string(),
      legs: z.array(z.string()),
      bridges: z.array(z.string()),
      recordings: z.array(z.string()),
    }),
  },
  'leg.create': {
    params: z.discriminatedUnion('kind', [rtpLeg, webrtcLeg]),
    result: z.object({ legId: z.string(), sdp: z.string() }),
  },
  /** The answer to our last offer. */
  'leg.accept': { params: z.strictObject({ legId: id, answer: sdp }), result: nothing },
  /** A re-INVITE. With `offer`: the answer to it. Without: a new offer of ours, completed by `leg.accept`. */
  'leg.modify': {
    params: z.strictObject({ legId: id, offer: sdp.optional(), hold: z.boolean().optional() }),
    result: z.object({ sdp: z.string() }),
  },
  'leg.candidate': {
    params: z.strictObject({ legId: id, candidate: z.string().max(1_024), mid: z.string().max(64) }),
    result: nothing,
  },
  'leg.close': { params: z.strictObject({ legId: id }), result: nothing },
  'leg.play': {
    params: z.strictObject({
      legId: id,
      files: z.array(path).min(1).max(200),
      loop: z.boolean().optional(),
      interruptible: z.boolean().optional(),
    }),
    result: z.object({ playId: z.string(), durationMs: z.number() }),
  },
  'leg.music': { params: z.strictObject({ legId: id, stream: path }), result: z.object({ playId: z.string() }) },
  'leg.tone': { params: z.strictObject({ legId: id, tone: Tone }), result: z.object({ playId: z.string() }) },
  /** Ends what is played on the leg: files, music or tone. Nothing playing is no error. */
  'leg.stop': { params: z.strictObject({ legId: id }), result: nothing },
  'leg.dtmf': {
    params: z.strictObject({
      legId: id,
      digits: z.string().regex(/^[0-9*#A-Da-d]{1,64}$/, 'digits are 0-9 * # A-D, 64 at most'),
      durationMs: z.number().int().min(40).max(6_000).optional(),
    }),
    /** How long it takes until the last digit is out. */
    result: z.object({ durationMs: z.number() }),
  },
  'leg.mute': { params: z.strictObject({ legId: id, muted: z.boolean() }), result: nothing },
  'leg.stats': { params: z.strictObject({ legId: id }), result: LegStats },
  'bridge.create': {
    params: z.strictObject({ legs: z.tuple([id, id]), relayDtmf: z.boolean().optional() }),
    result: z.object({ bridgeId: z.string() }),
  },
  'bridge.close': { params: z.strictObject({ bridgeId: id }), result: nothing },
  /** Lets any number of legs hear each other, all of them talking. */
  'mix.create': {
    params: z.strictObject({ legs: z.array(id).min(1).max(64), relayDtmf: z.boolean().optional() }),
    result: z.object({ mixId: z.string() }),
  },
  /** Takes a leg in. The id of a bridge is one of a mix too. */
  'mix.join': {
    params: z.strictObject({ mixId: id, legId: id, role: MixRole.optional(), to: id.optional() }),
    result: nothing,
  },
  /** What a leg does from now on. */
  'mix.role': { params: z.strictObject({ mixId: id, legId: id, role: MixRole, to: id.optional() }), result: nothing },
  /** `ended`: fewer than two were left, so the mix is gone. */
  'mix.leave': { params: z.strictObject({ mixId: id, legId: id }), result: z.object({ ended: z.boolean() }) },
  'mix.close': { params: z.strictObject({ mixId: id }), result: nothing },
  'recording.start': {
    params: z.strictObject({
      /** The first leg of the bridge is the customer, the second the agent. */
      bridgeId: id.optional(),
      customer: id.optional(),
      agent: id.optional(),
      /** Below the recording folder; its folders are made. */
      path,
    }),
    result: z.object({ recordingId: z.string(), path: z.string() }),
  },
  'recording.side': {
    params: z.strictObject({ recordingId: id, side: z.enum(['customer', 'agent']), legId: id.nullable() }),
    result: nothing,
  },
  /** Records one more leg on a side, added to who is there: the third of a conference, or a coach when that is wanted. */
  'recording.join': {
    params: z.strictObject({ recordingId: id, side: z.enum(['customer', 'agent']), legId: id }),
    result: nothing,
  },
  'recording.leave': { params: z.strictObject({ recordingId: id, legId: id }), result: nothing },
  'recording.pause': { params: z.strictObject({ recordingId: id, reason: z.string().max(200) }), result: nothing },
  'recording.resume': {
    params: z.strictObject({ recordingId: id, reason: z.string().max(200).optional() }),
    result: nothing,
  },
  'recording.stop': {
    params: z.strictObject({ recordingId: id }),
    result: z.object({
      recordingId: z.string(),
      path: z.string(),
      durationMs: z.number(),
      /** How much of it is silence because the disk did not take it. */
      lostMs: z.number(),
      bytes: z.number(),
      sha256: z.string(),
      marks: z.array(Mark),
      talk: TalkTimes,
    }),
  },
  'server.stats': {
    params: z.strictObject({}),
    result: z.object({
      legs: z.number(),
      bridges: z.number(),
      recordings: z.number(),
      connections: z.number(),
      portsInUse: z.number(),
      packetsReceived: z.number(),
      packetsSent: z.number(),
      ticksSkipped: z.number(),
      uptimeMs: z.number(),
    }),
  },
} as const satisfies Record<string, { params: z.ZodType; result: z.ZodType }>

export type MethodName = keyof typeof methods
export type MethodParams<M extends MethodName> = z.input<(typeof methods)[M]['params']>
export type MethodResult<M extends MethodName> = z.output<(typeof methods)[M]['result']>
