import type { Queue } from '@ringdown/core/acd'
import type { QueueId, UserId } from '@ringdown/core/kernel'
import type { Acd } from '../acd/acd.ts'
import type { PreferredAgent } from '../acd/preferred-agent.ts'
import type { WaitEstimates } from '../acd/wait-estimates.ts'
import type { Agents } from '../agents/agents.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Audio } from '../media/audio.ts'
import type { PromptFiles } from '../media/prompt-files.ts'
import type { SipLadder } from '../sip/capture.ts'
import type { Dial, Dialling } from '../sip/dial-leg.ts'
import type { PhoneBinding } from '../sip/phone-bindings.ts'
import type { SipLegEvents } from '../sip/sip-leg.ts'
import type { Trunks } from '../sip/trunks/open-trunks.ts'
import type { ForsakenPhones } from './forsaken-phones.ts'
import type { LiveCalls } from './live-calls.ts'

/** Towards agents' SIP phones. */
export type Phones = {
  binding(agentId: UserId): Promise<PhoneBinding | null>
  dial(dial: Dial, events: SipLegEvents): Dialling
  forsaken: ForsakenPhones
}

export type CallSettings = {
  /** How long a caller who is not heard any more (no RTP) is kept. */
  callerSilentMs: number
  /** How long the media server may be away before its calls end. */
  mediaLostMs: number
  /** How long a talking agent may be without audio (a reload) before the caller goes back to the queue. */
  agentLostMs: number
  /** How long a caller waits for one agent (a transfer) before he is offered the call at all. */
  directOfferMs: number
  /** How long a look-up of a customer may take before the flow goes on without. */
  lookUpMs: number
}

/** Everything the deeds of a call stand on. */
export type CallContext = Pick<Foundation, 'agents' | 'bus' | 'clock' | 'live' | 'log' | 'newId' | 'sql'> & {
  gatewayId: string
  /** May a call come in, and on which trunk? */
  admit: Trunks['admit']
  acd: Acd['store']
  audio: Audio
  calls: LiveCalls
  /** The agents' side of a call. */
  desks: Pick<Agents, 'endCall' | 'hold' | 'resume'>
  waits: Pick<WaitEstimates, 'announced' | 'expected'>
  /** For whom a caller of this queue waits a while first. */
  preferredAgent: PreferredAgent
  ledger: Ledger
  phones: Phones
  prompts: PromptFiles
  settings: CallSettings
  /** By id or key; the last known rules while the database is away. */
  queue(by: { id: QueueId } | { key: string }): Promise<Queue | null>
  /** True once this gateway takes no new calls. */
  draining(): boolean
  /** The agent of an extension. */
  agentOf(extension: string): Promise<UserId | null>
  ladder(sipCallId: string): Promise<SipLadder | null>
}
