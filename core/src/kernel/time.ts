import { z } from 'zod'

/** An instant in milliseconds since the Unix epoch. */
export const Instant = z.number().int().nonnegative()
/** A duration in milliseconds. */
export const Milliseconds = z.number().int().nonnegative()
