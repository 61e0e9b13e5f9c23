import type { CallerMatch } from '@ringdown/core/customer'

/** What happened to the call. Instants come in; the engine has no clock. */
export type IvrInput =
  | { type: 'digit'; digit: string; at: number }
  | { type: 'play_ended'; token: number; at: number }
  | { type: 'deadline'; token: number; at: number }
  /** `failed`: the customers could not be asked. */
  | { type: 'looked_up'; token: number; found: CallerMatch['kind'] | 'failed'; grade: string | null; at: number }
  | { type: 'queue_left'; token: number; left: QueueLeft; at: number }
  | { type: 'hung_up'; at: number }

/** How a stay in a queue ended, as the flow sees it. `unavailable`: no such queue or agent, or the queue broke down. */
export type QueueLeft = { by: 'answered' } | { by: 'key'; key: string } | { by: 'timed_out' } | { by: 'unavailable' }
