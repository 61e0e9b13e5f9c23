import type { EventData, EventName } from '../protocol/events.ts'
import type { Figures, PlaceRequest, TrunkGiven } from './place.ts'
import type { Thing } from './roll.ts'

/** What the main thread asks of a thread. */
export type ThreadDeeds = {
  perform(request: PlaceRequest): Promise<unknown>
  connect(trunk: TrunkGiven): void
  closeOwned(owner: string): Promise<void>
  figures(given: undefined): Promise<Figures>
  close(given: undefined): Promise<void>
  /** Answers when the thread's turn comes. */
  beat(given: undefined): void
}

/** What a thread asks of the main thread, and tells it. */
export type MainDeeds = {
  event(given: { owner: string; event: EventName; data: EventData<EventName> }): void
  rollAdd(given: { thing: Thing; id: string; owner: string }): void
  rollRemove(given: { thing: Thing; id: string }): void
  /** Throws MediaError `no_ports`. */
  takePort(given: undefined): number | Promise<number>
  releasePort(port: number): void
}
