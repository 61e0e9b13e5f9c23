import { defineMachine, type UserId } from '@ringdown/core/kernel'

/**
 * The browser leg of an agent, an audio session of one page; the rules are in SPEC.md.
 *
 *   connecting ──connected──▶ connected ⇄ lost ◀──lost── connecting
 *   each of them ──superseded──▶ superseded    (by a newer one of the same agent)
 *   each of them ──closed──▶ closed
 */
export type Headset = { agentId: UserId } & (
  | { state: 'connecting' }
  | { state: 'connected' }
  | { state: 'lost' }
  | { state: 'superseded' }
  | { state: 'closed'; why: HeadsetEnd }
)

/** A newer one took its place here or on another gateway, its agent signed out, or the media server dropped its leg. */
export type HeadsetEnd = 'superseded' | 'moved' | 'left' | 'gone'

export type HeadsetEvent =
  /** ICE and DTLS are up. */
  | { type: 'connected' }
  /** Nothing comes from the browser any more. */
  | { type: 'lost' }
  | { type: 'superseded' }
  | { type: 'closed'; why: HeadsetEnd }

const stay = (headset: Headset): Headset => headset
const connected = ({ agentId }: Headset): Headset => ({ state: 'connected', agentId })
const lost = ({ agentId }: Headset): Headset => ({ state: 'lost', agentId })
const superseded = ({ agentId }: Headset): Headset => ({ state: 'superseded', agentId })
const closed = ({ agentId }: Headset, { why }: { why: HeadsetEnd }): Headset => ({ state: 'closed', agentId, why })

export const headsetMachine = defineMachine<Headset, HeadsetEvent>({
  connecting: { connected, lost, superseded, closed },
  connected: { connected: stay, lost, superseded, closed },
  lost: { connected, lost: stay, superseded, closed },
  superseded: { connected: stay, lost: stay, closed },
  closed: {},
})
