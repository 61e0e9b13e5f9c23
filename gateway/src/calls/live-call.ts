import type { ContactPhase, LiveContact } from '@ringdown/core/contact'
import type { OfferId, QueueEntryId, QueueId, RecordingId, SegmentId, SurveyId, UserId } from '@ringdown/core/kernel'
import type { Flow, IvrState } from '@ringdown/ivr'
import type { Dialling } from '../sip/dial-leg.ts'
import type { SipLeg } from '../sip/sip-leg.ts'
import type { Mailbox } from './mailbox.ts'

/** A run of the flow: its state, and the one answer it awaits from the outside. */
export type IvrRun = { flow: Flow; state: IvrState; wait: NodeJS.Timeout | null }

/** The stay in a queue. `ivrToken`: the flow waits for how it ends; null: call control put the caller there itself. */
export type QueueStay = {
  entryId: QueueEntryId
  queueId: QueueId
  enteredAt: number
  ivrToken: number | null
  forAgentId: UserId | null
  announcedWait: { waitMs: number; at: number } | null
  timers: NodeJS.Timeout[]
}

/** An agent's phone that rings for an offer. */
export type Ringing = { offerId: OfferId; dialling: Dialling; legId: string }

/** The agent on the call. `legId` null: his audio is lost for the moment. */
export type AgentSide = {
  agentId: UserId
  segmentId: SegmentId
  queueId: QueueId | null
  legId: string | null
  phone: SipLeg | null
  /** Gives the agent up when his audio does not come back. */
  lostTimer: NodeJS.Timeout | null
}

/** A recording by our id, the media server's id, and the segment it belongs to. */
export type LiveRecording = { recordingId: RecordingId; mediaId: string; segmentId: SegmentId }

/** A call whose caller's leg this gateway holds. Changed only by deeds that run in its mailbox. */
export type LiveCall = {
  readonly sipCallId: string
  readonly run: Mailbox
  /** The caller's leg on the media server. */
  readonly legId: string
  /** The line of its trunk that it takes. */
  readonly line: Disposable
  /** The caller's dialog; null until he is answered and once he is gone. */
  caller: SipLeg | null
  phase: ContactPhase
  /** What every gateway may know. */
  contact: LiveContact
  readonly ivr: IvrRun
  /** What the caller hears now, and what follows when it ends. */
  playing: { playId: string; next: { kind: 'flow'; token: number } | { kind: 'music' } } | null
  stay: QueueStay | null
  ringing: Ringing | null
  agent: AgentSide | null
  bridgeId: string | null
  recording: LiveRecording | null
  surveyId: SurveyId | null
}
