import type { PopView } from '@ringdown/core/contract'

export type CallerTitle = {
  /** null: nobody we know */
  name: string | null
  detail: string[]
  kind: 'known' | 'many' | 'unknown'
}

/** Who to greet: the person if known, else the company; many matches are nobody yet. */
export function callerTitle({ match, customer, personId, caller }: PopView): CallerTitle {
  if (!customer) {
    const kind = match.kind === 'many' ? 'many' : 'unknown'
    return { name: caller.name, detail: [], kind }
  }
  const person = customer.people.find((p) => p.id === personId)
  if (!person) return { name: customer.name, detail: [], kind: 'known' }
  return { name: person.name, detail: [customer.name, person.title ?? ''].filter(Boolean), kind: 'known' }
}
