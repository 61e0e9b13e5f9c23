import type { Candidate } from '../candidate.ts'
import type { Queue } from '../queue.ts'

/** A pure ranking: candidates in, the order in which they are tried out. */
export type Strategy = (queue: Queue, candidates: readonly Candidate[]) => readonly Candidate[]
