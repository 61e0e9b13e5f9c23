import { z } from 'zod'
import { CustomerId, PersonId } from '../kernel/index.ts'

/** A person whose number (or whose company's code) the caller used. `personId` null: the code is known, the person is not. */
export const CallerCandidate = z.object({
  customerId: CustomerId,
  personId: PersonId.nullable(),
  customerName: z.string(),
  personName: z.string().nullable(),
  grade: z.string(),
  because: z.enum(['code', 'number']),
})
export type CallerCandidate = z.infer<typeof CallerCandidate>

/** Who is calling: nobody we know, exactly one, or several to pick from. Never a silent first row. */
export const CallerMatch = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('one'), candidate: CallerCandidate }),
  z.object({ kind: z.literal('many'), candidates: z.array(CallerCandidate).min(2) }),
])
export type CallerMatch = z.infer<typeof CallerMatch>

/**
 * Resolves the caller from those found by number and, if a code was keyed in, the customer of that code.
 * A code decides the customer; among several people of that customer the one with the calling number is meant.
 */
export function matchCaller(byNumber: readonly CallerCandidate[], byCode: CallerCandidate | null): CallerMatch {
  if (byCode) {
    const people = byNumber.filter((c) => c.customerId === byCode.customerId && c.personId !== null)
    const [person] = people
    const candidate = people.length === 1 && person ? { ...person, because: 'code' as const } : byCode
    return { kind: 'one', candidate }
  }
  const [first, second] = byNumber
  if (!first) return { kind: 'none' }
  return second ? { kind: 'many', candidates: [...byNumber] } : { kind: 'one', candidate: first }
}
