import { z } from 'zod'

const oneOrMore = z.union([z.string(), z.array(z.string()).min(1)]).transform((value) => [value].flat())

const Reject = z.object({
  action: z.literal('reject'),
  data: z.object({ status: z.number().int().min(300).max(699), reason: z.string().optional() }),
})
const Redirect = z.object({ action: z.literal('redirect'), data: z.object({ contact: oneOrMore }) })
const ProxyIt = z.object({
  action: z.literal('proxy'),
  data: z.object({
    destination: oneOrMore,
    recordRoute: z.boolean().default(false),
    followRedirects: z.boolean().default(true),
    simultaneous: z.boolean().default(false),
    provisionalTimeout: z.string().default(''),
    finalTimeout: z.string().default(''),
  }),
})
const Route = z.object({
  action: z.literal('route'),
  data: z.union([z.object({ uri: z.string() }), z.object({ tag: z.string() })]),
})

/** What an HTTP handler answers about a request (wire protocol, section 10). */
export const Decision = z.discriminatedUnion('action', [Reject, Redirect, ProxyIt, Route])
export type Decision = z.infer<typeof Decision>
