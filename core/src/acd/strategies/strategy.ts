import type { UserId } from '../../kernel/index.ts'
import type { Candidate } from '../candidate.ts'
import type { Queue } from '../queue.ts'

/** What a ranking may look at besides queue and candidate. */
export type Turn = {
  now: number
  /** Whom the queue offered a caller last; null: nobody yet. */
  lastAgentId: UserId | null
  /** At least 0, less than 1. */
  chance: () => number
}

/** Compared part by part: the smaller goes first. */
export type Score = readonly (number | string)[]

/** A pure ranking: candidates are tried in the order of their scores. */
export type Strategy = {
  /** What the parts of a score are, for 'why'. */
  parts: readonly string[]
  score(candidate: Candidate, queue: Queue, turn: Turn): Score
}
