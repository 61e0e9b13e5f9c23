import type { LiveContact } from '@ringdown/core/contact'
import type { CallerCandidate } from '@ringdown/core/customer'

/** Who is meant: the one candidate, or the one the agent chose. */
export function identified({ match, customerId }: LiveContact): CallerCandidate | null {
  if (match.kind === 'one') return match.candidate
  if (match.kind === 'none') return null
  return match.candidates.find((candidate) => candidate.customerId === customerId) ?? null
}

/** What a board has room for: the customer, or the number. */
export const callerName = (contact: LiveContact): string => identified(contact)?.customerName ?? contact.caller.number
