import type { MessagePort } from 'node:worker_threads'
import type { MethodName } from '../protocol/methods.ts'
import type { Roll } from './roll.ts'

/** What a place can be asked to do: every method of the protocol but those that concern the whole server. */
export type PlacedMethod = Exclude<MethodName, 'hello' | 'server.stats'>
export type PlaceRequest = {
  method: PlacedMethod
  /** Parsed already. */
  params: object
  owner: string
  /** Legs it names that live at other places, to which there is a trunk. */
  foreign: { legId: string; at: number }[]
}
/** One end of a new trunk. */
export type TrunkGiven = { to: number; side: 0 | 1; port: MessagePort }
export type Figures = {
  legs: { rtp: number; webrtc: number }
  bridges: number
  recordings: number
  packetsReceived: number
  packetsSent: number
  ticksSkipped: number
}

/** A thread where calls live, as the exchange sees it. */
export type Place = {
  /** Never given to another place. */
  readonly number: number
  readonly roll: Roll
  perform(request: PlaceRequest): Promise<unknown>
  /** Joins it with another place. */
  connect(trunk: TrunkGiven): void
  closeOwned(owner: string): Promise<void>
  figures(): Promise<Figures>
  /** Finishes recordings and closes legs. */
  close(): Promise<void>
}
