import { type ContactId, RecordingId } from '@ringdown/core/kernel'
import type { CallContext } from './context.ts'
import type { AgentSide, LiveCall, LiveRecording } from './live-call.ts'

/** Records both sides of a segment. A recording that cannot be made is an alarm, not the end of the call. */
export async function startRecording(ctx: CallContext, call: LiveCall, agent: AgentSide): Promise<boolean> {
  const { contactId } = call.contact
  if (agent.legId === null) return false
  const recordingId = RecordingId.parse(ctx.newId())
  const { segmentId } = agent
  const path = recordingPath(ctx.clock(), recordingId)
  try {
    const mediaId = await ctx.audio.record(call.legId, agent.legId, path)
    call.recording = { recordingId, mediaId, segmentId }
    ctx.ledger.record(contactId, 'recording_started', ctx.clock(), { recordingId, segmentId, path })
    return true
  } catch (error) {
    ctx.log.error({ err: error, contactId, path }, 'a call could not be recorded')
    // Who looks for it shall find that it failed, not nothing.
    const at = ctx.clock()
    ctx.ledger.record(contactId, 'recording_started', at, { recordingId, segmentId, path })
    ctx.ledger.record(contactId, 'recording_ended', at, { recordingId, segmentId, ...NOTHING, failed: true })
    return false
  }
}

/** Finishes the recording in the background: hashing a long file must not delay the hang-up. */
export function stopRecording(ctx: CallContext, call: LiveCall): void {
  const { recording } = call
  if (!recording) return
  call.recording = null
  finish(ctx, call.contact.contactId, recording).catch((error: unknown) =>
    ctx.log.error({ err: error, recordingId: recording.recordingId }, 'the end of a recording could not be noted'),
  )
}

async function finish(ctx: CallContext, contactId: ContactId, recording: LiveRecording): Promise<void> {
  const { recordingId, mediaId, segmentId } = recording
  const finished = await ctx.audio.stopRecording(mediaId).catch((error: unknown) => {
    ctx.log.error({ err: error, recordingId }, 'a recording could not be finished')
    return null
  })
  const figures = finished ?? NOTHING
  ctx.ledger.record(contactId, 'recording_ended', ctx.clock(), {
    recordingId,
    segmentId,
    ...figures,
    failed: !finished,
  })
}

const NOTHING = { durationMs: 0, bytes: 0, sha256: '' }

/** Below the recording folder, one folder a day (UTC). */
const recordingPath = (at: number, recordingId: RecordingId): string =>
  `${new Date(at).toISOString().slice(0, 10)}/${recordingId}.wav`
