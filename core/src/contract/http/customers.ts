import { z } from 'zod'
import { CallerMatch, CustomerInput, Person, PersonInput } from '../../customer/index.ts'
import { CustomerId, PersonId } from '../../kernel/index.ts'
import { Nothing, operation, PageQuery, pageOf } from '../operation.ts'
import { ContactSummary, CustomerSummary, CustomerView, TicketSummary } from '../views/index.ts'

const tag = 'customers'
const params = z.object({ customerId: CustomerId })

export const customers = {
  listCustomers: operation({
    tag,
    summary: 'Search customers by name, code, person or number',
    method: 'get',
    path: '/api/customers',
    role: 'agent',
    query: PageQuery.extend({ search: z.string().max(100).optional(), grade: z.string().max(10).optional() }),
    output: pageOf(CustomerSummary),
  }),
  createCustomer: operation({
    tag,
    summary: 'New customer, with its first person',
    method: 'post',
    path: '/api/customers',
    role: 'agent',
    body: CustomerInput.partial({
      code: true,
      grade: true,
      industry: true,
      address: true,
      preferences: true,
      notes: true,
      tags: true,
      language: true,
    }).extend({
      person: PersonInput.partial({ title: true, email: true, language: true, notes: true })
        .extend({ phones: z.array(z.string().max(40)).max(20) })
        .nullable()
        .optional(),
    }),
    output: CustomerView,
  }),
  readCustomer: operation({
    tag,
    summary: 'A customer with its people',
    method: 'get',
    path: '/api/customers/{customerId}',
    role: 'agent',
    params,
    output: CustomerView,
  }),
  changeCustomer: operation({
    tag,
    summary: 'Change a customer; refused as stale if somebody was faster',
    method: 'patch',
    path: '/api/customers/{customerId}',
    role: 'agent',
    params,
    body: CustomerInput.partial().extend({ version: z.number().int() }),
    output: CustomerView,
  }),
  addPerson: operation({
    tag,
    summary: 'New person of a customer',
    method: 'post',
    path: '/api/customers/{customerId}/people',
    role: 'agent',
    params,
    body: PersonInput.partial({ title: true, email: true, language: true, notes: true }).extend({
      phones: z.array(z.string().max(40)).max(20),
    }),
    output: Person,
  }),
  changePerson: operation({
    tag,
    summary: 'Change a person',
    method: 'patch',
    path: '/api/customers/{customerId}/people/{personId}',
    role: 'agent',
    params: params.extend({ personId: PersonId }),
    body: PersonInput.partial().extend({ phones: z.array(z.string().max(40)).max(20).optional() }),
    output: Person,
  }),
  removePerson: operation({
    tag,
    summary: 'Remove a person',
    method: 'delete',
    path: '/api/customers/{customerId}/people/{personId}',
    role: 'agent',
    params: params.extend({ personId: PersonId }),
    output: Nothing,
  }),
  listCustomerContacts: operation({
    tag,
    summary: 'Contacts of a customer, newest first',
    method: 'get',
    path: '/api/customers/{customerId}/contacts',
    role: 'agent',
    params,
    query: PageQuery,
    output: pageOf(ContactSummary),
  }),
  listCustomerTickets: operation({
    tag,
    summary: 'Tickets of a customer, newest first',
    method: 'get',
    path: '/api/customers/{customerId}/tickets',
    role: 'agent',
    params,
    query: PageQuery,
    output: pageOf(TicketSummary),
  }),
  resolveCaller: operation({
    tag,
    summary: 'Whose number is this? None, one or many',
    method: 'get',
    path: '/api/callers/{number}',
    role: 'agent',
    params: z.object({ number: z.string().max(40) }),
    output: CallerMatch,
  }),
} as const
