import { z } from 'zod'
import { CustomerId, Instant, Language, PersonId, PhoneNumber } from '../kernel/index.ts'

export const Grade = z.enum(['A', 'B', 'C', 'D'])
export type Grade = z.infer<typeof Grade>

/** What an agent may write about a customer. */
export const CustomerInput = z.object({
  name: z.string().trim().min(1).max(200),
  /** The code callers key in: 4–10 digits, unique. */
  code: z.string().regex(/^\d{4,10}$/, 'expected 4 to 10 digits'),
  grade: Grade,
  industry: z.string().max(100).nullable(),
  address: z.string().max(300).nullable(),
  language: Language,
  preferences: z.string().max(2000),
  notes: z.string().max(10_000),
  tags: z.array(z.string().trim().min(1).max(40)).max(20),
})
export type CustomerInput = z.infer<typeof CustomerInput>

export const PersonInput = z.object({
  name: z.string().trim().min(1).max(120),
  title: z.string().max(120).nullable(),
  email: z.email().max(200).nullable(),
  language: Language,
  notes: z.string().max(4000),
  phones: z.array(PhoneNumber).max(20),
})
export type PersonInput = z.infer<typeof PersonInput>

export const Person = PersonInput.extend({ id: PersonId, customerId: CustomerId })
export type Person = z.infer<typeof Person>

export const Customer = CustomerInput.extend({
  id: CustomerId,
  createdAt: Instant,
  updatedAt: Instant,
  version: z.number().int(),
})
export type Customer = z.infer<typeof Customer>
