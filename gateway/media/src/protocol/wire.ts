import { z } from 'zod'
import { ErrorCode } from './errors.ts'

/** The version `hello` answers with. */
export const PROTOCOL_VERSION = 1
/** The longest line either side may send, in bytes. */
export const MAX_LINE_BYTES = 1_048_576

/** Client to server, one JSON object a line. */
export const Request = z.strictObject({
  id: z.number().int().nonnegative(),
  method: z.string().max(100),
  params: z.unknown(),
})
export type Request = z.infer<typeof Request>

export const WireError = z.object({ code: ErrorCode, message: z.string(), field: z.string().optional() })
export type WireError = z.infer<typeof WireError>

/** Server to client. `id: null` answers a line that could not be read at all. */
export const Message = z.union([
  z.object({ id: z.number().nullable(), error: WireError }),
  z.object({ id: z.number(), result: z.unknown() }),
  z.object({ event: z.string(), data: z.unknown() }),
])
export type Message = z.infer<typeof Message>
