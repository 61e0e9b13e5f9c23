import type { CommandName } from '@ringdown/core/contract'
import { commands, Role } from '@ringdown/core/contract'
import { UserId } from '@ringdown/core/kernel'
import { z } from 'zod'

/** A question on the channel of the gateway that is asked. Its input is parsed by the command's own schema. */
export const Ask = z.object({
  askId: z.string(),
  /** The gateway that waits for the answer. */
  from: z.string(),
  command: z.custom<CommandName>((name) => typeof name === 'string' && Object.hasOwn(commands, name)),
  actor: z.object({ userId: UserId, name: z.string(), role: Role }),
  input: z.unknown(),
})
export type Ask = z.infer<typeof Ask>

const Refusal = z.object({ code: z.string(), message: z.string(), field: z.string().exactOptional() })

export const Answer = z.object({
  askId: z.string(),
  result: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), value: z.unknown() }),
    z.object({ ok: z.literal(false), error: Refusal }),
  ]),
})
export type Answer = z.infer<typeof Answer>
