import type { CommandInput } from '@ringdown/core/contract'
import type { CallerMatch } from '@ringdown/core/customer'
import { err, ok, type Result } from '@ringdown/core/kernel'
import { findCustomerView } from '@ringdown/db/postgres'
import type { Actor, Refusal } from '../commands/handlers.ts'
import type { CallContext } from './context.ts'
import { editContact } from './edit-contact.ts'

/** The agent says who the caller is, out of several or somebody else. */
export async function chooseCustomer(
  ctx: CallContext,
  actor: Actor,
  input: CommandInput<'call:choose-customer'>,
): Promise<Result<Record<string, never>, Refusal>> {
  const { contactId, customerId, personId } = input
  const customer = await findCustomerView(ctx.sql, customerId)
  if (!customer) return err({ code: 'not_found', message: 'There is no such customer.', field: 'customerId' })
  const person = customer.people.find(({ id }) => id === personId)
  if (personId !== null && !person) {
    return err({ code: 'not_found', message: 'This customer has no such person.', field: 'personId' })
  }
  const match: CallerMatch = {
    kind: 'one',
    candidate: {
      customerId,
      personId,
      customerName: customer.name,
      personName: person?.name ?? null,
      grade: customer.grade,
      because: 'number',
    },
  }
  const chosen = await editContact(ctx, 'call:choose-customer', actor, input, () => ({ match, customerId, personId }))
  if (chosen.ok && chosen.value === 'here') {
    ctx.ledger.record(contactId, 'caller_matched', ctx.clock(), { match, by: 'agent', code: null })
  }
  return chosen.ok ? ok({}) : chosen
}
