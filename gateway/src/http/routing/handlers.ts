import { scoreParts } from '@ringdown/core/acd'
import { err, ok } from '@ringdown/core/kernel'
import { findContact, listDecisions } from '@ringdown/db/postgres'
import type { Foundation } from '../../foundation.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import type { HttpPorts } from '../ports.ts'
import { notFound } from '../refusals.ts'

type Parts = Pick<Foundation, 'sql'> & Pick<HttpPorts, 'whyNow'>

export function routingHandlers({ sql, whyNow }: Parts): Pick<OperationHandlers, 'readWhy'> {
  return {
    async readWhy({ params: { contactId } }) {
      const [contact, decisions, now] = await Promise.all([
        findContact(sql, contactId),
        listDecisions(sql, contactId),
        whyNow(contactId),
      ])
      if (!contact) return err(notFound('contact'))
      const withParts = <T extends Parameters<typeof scoreParts>[0]>(decision: T) => ({
        ...decision,
        parts: [...scoreParts(decision)],
      })
      return ok({ decisions: decisions.map(withParts), now: now && withParts(now) })
    },
  }
}
