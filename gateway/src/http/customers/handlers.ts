import type { OperationInput } from '@ringdown/core/contract'
import { type CallerCandidate, matchCaller, type PersonInput } from '@ringdown/core/customer'
import { err, ok, type PhoneNumber } from '@ringdown/core/kernel'
import {
  callerCandidatesByNumber,
  changeCustomer,
  changePerson,
  createCustomer,
  createPerson,
  deletePerson,
  findCustomerView,
  given,
  inTransaction,
  listContacts,
  listCustomers,
  listTickets,
  readSettings,
} from '@ringdown/db/postgres'
import type { Foundation } from '../../foundation.ts'
import type { OperationHandlers } from '../operation-handlers.ts'
import { duplicate, notFound, stale } from '../refusals.ts'
import { parsePhones } from './phone-input.ts'

type CustomerOperations = Pick<
  OperationHandlers,
  | 'listCustomers'
  | 'createCustomer'
  | 'readCustomer'
  | 'changeCustomer'
  | 'addPerson'
  | 'changePerson'
  | 'removePerson'
  | 'listCustomerContacts'
  | 'listCustomerTickets'
  | 'resolveCaller'
>

export function customerHandlers({ sql }: Pick<Foundation, 'sql'>): CustomerOperations {
  const country = async () => (await readSettings(sql)).defaultCountry
  const phonesOf = async (phones: readonly string[], field: string) => parsePhones(phones, await country(), field)

  return {
    listCustomers: async ({ query }) => ok(await listCustomers(sql, query)),

    async createCustomer({ body }) {
      const { person, ...fields } = body
      const phones = await phonesOf(person?.phones ?? [], 'body.person.phones')
      if (!phones.ok) return phones
      return inTransaction(sql, async (tx) => {
        const customer = await createCustomer(tx, { ...NEW_CUSTOMER, ...given(fields) })
        if (!customer.ok) return err(duplicate(customer.error.field))
        if (person) await createPerson(tx, customer.value.id, newPerson(person, phones.value))
        const view = await findCustomerView(tx, customer.value.id)
        return view ? ok(view) : err(notFound('customer'))
      })
    },

    async readCustomer({ params }) {
      const view = await findCustomerView(sql, params.customerId)
      return view ? ok(view) : err(notFound('customer'))
    },

    async changeCustomer({ params, body }) {
      const changed = await changeCustomer(sql, params.customerId, body)
      if (!changed.ok) {
        if (changed.error.code === 'duplicate') return err(duplicate(changed.error.field))
        return err(changed.error.code === 'stale' ? stale('customer') : notFound('customer'))
      }
      const view = await findCustomerView(sql, params.customerId)
      return view ? ok(view) : err(notFound('customer'))
    },

    async addPerson({ params, body }) {
      const phones = await phonesOf(body.phones, 'body.phones')
      if (!phones.ok) return phones
      const person = await createPerson(sql, params.customerId, newPerson(body, phones.value))
      return person.ok ? person : err(notFound('customer'))
    },

    async changePerson({ params, body }) {
      const { phones: typed, ...change } = body
      const phones = typed && (await phonesOf(typed, 'body.phones'))
      if (phones && !phones.ok) return phones
      const person = await changePerson(sql, params.customerId, params.personId, {
        ...change,
        ...(phones && { phones: phones.value }),
      })
      return person.ok ? person : err(notFound('person'))
    },

    async removePerson({ params }) {
      const gone = await deletePerson(sql, params.customerId, params.personId)
      return gone.ok ? ok({}) : err(notFound('person'))
    },

    listCustomerContacts: async ({ params, query }) =>
      ok(await listContacts(sql, { ...query, customerId: params.customerId })),
    listCustomerTickets: async ({ params, query }) =>
      ok(await listTickets(sql, { ...query, customerId: params.customerId })),

    async resolveCaller({ params }) {
      const number = await phonesOf([params.number], 'params.number')
      if (!number.ok) return number
      const [e164] = number.value
      const candidates: CallerCandidate[] = e164 ? await callerCandidatesByNumber(sql, e164) : []
      return ok(matchCaller(candidates, null))
    },
  }
}

const NEW_CUSTOMER = {
  grade: 'C' as const,
  industry: null,
  address: null,
  language: 'zh' as const,
  preferences: '',
  notes: '',
  tags: [],
}

/** As the contract's body gives a person: only the name is a must. */
type GivenPerson = NonNullable<OperationInput<'createCustomer'>['body']['person']>

const newPerson = ({ phones: _, ...fields }: GivenPerson, phones: PhoneNumber[]): PersonInput => ({
  title: null,
  email: null,
  language: 'zh',
  notes: '',
  ...given(fields),
  phones,
})
