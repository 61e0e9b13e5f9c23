import type { IvrStep } from '@ringdown/core/events'
import type { Language } from '@ringdown/core/kernel'
import type { PromptPart } from './prompt.ts'

/**
 * What the engine wants done. Those with a `token` are answered by exactly one input of the same token;
 * an answer whose token is no longer awaited is dropped.
 */
export type IvrCommand =
  /** Answered by `play_ended`. With `interruptible` a key stops it. */
  | { type: 'play'; token: number; prompts: PromptPart[]; interruptible: boolean }
  /** Answered by `deadline`. */
  | { type: 'wait'; token: number; ms: number }
  /** Answered by `looked_up`. */
  | { type: 'look_up'; token: number; by: 'number' }
  | { type: 'look_up'; token: number; by: 'code'; code: string }
  /** Answered by `queue_left`. Music and announcements are the queue's own. */
  | { type: 'enqueue'; token: number; queue: string; priority: number }
  /** Answered by `queue_left`: the call waits in `queue` for the agent of this extension first. */
  | { type: 'transfer'; token: number; extension: string; queue: string }
  /** Asks to take the caller out of the queue; if an agent was not faster, `queue_left` with this key follows. */
  | { type: 'leave_queue'; key: string }
  /** Says position and estimated wait now. */
  | { type: 'announce_wait' }
  | { type: 'set_language'; language: Language }
  | { type: 'record_step'; step: IvrStep }
  | { type: 'record_score'; question: 'csat' | 'nps'; score: number }
  | { type: 'hang_up'; reason: 'flow_ended' | 'survey_finished' | 'error' }

type Untokened<C> = C extends { token: number } ? Omit<C, 'token'> : C
/** A command as a node writes it: the engine puts the token on. */
export type NodeCommand = Untokened<IvrCommand>
