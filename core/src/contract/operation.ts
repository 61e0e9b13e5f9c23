import { z } from 'zod'

export const Role = z.enum(['agent', 'supervisor', 'admin'])
export type Role = z.infer<typeof Role>

/** Roles include those below them: an admin may do what a supervisor may, a supervisor what an agent may. */
export const RANK = { agent: 1, supervisor: 2, admin: 3 } as const satisfies Record<Role, number>

/** One REST call: its place, who may call it, and the shapes both ends derive their types from. */
export type Operation = {
  summary: string
  tag: string
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** With `{name}` for path parameters. */
  path: `/api/${string}`
  /** The least role that may call it; `public` needs no session. */
  role: Role | 'public'
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  output: z.ZodType
}

export const operation = <const O extends Operation>(o: O): O => o

/** The body of every refusal: a word to branch on, a sentence that says what to do, and the field if one is to blame. */
export const ApiError = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    field: z.string().optional(),
    /** With `too_many`: when it is worth trying again. */
    retryAfterMs: z.number().int().optional(),
  }),
})
export type ApiError = z.infer<typeof ApiError>

/** One page of a list; `total` counts all that match. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), total: z.number().int(), page: z.number().int(), pageSize: z.number().int() })
export const PageQuery = z.object({
  page: z.coerce.number().int().min(1).default(1),
  pageSize: z.coerce.number().int().min(1).max(200).default(50),
  /** `field` or `-field`, comma-separated. */
  sort: z.string().max(100).optional(),
})
export const Nothing = z.object({})
