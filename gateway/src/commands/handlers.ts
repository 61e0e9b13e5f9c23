import type { CommandInput, CommandName, CommandOutput, Role } from '@ringdown/core/contract'
import type { Result, UserId } from '@ringdown/core/kernel'

/** Who asks: a signed-in user, by page or by API. */
export type Actor = { userId: UserId; name: string; role: Role }

/** Why a command was not carried out: a word to branch on, a sentence that says what to do, the field to blame. */
export type Refusal = { code: string; message: string; field?: string /** of `too_many` */; retryAfterMs?: number }

/** One handler per command of the contract; a missing one does not compile. Input is parsed and the role is checked. */
export type CommandHandlers = {
  [K in CommandName]: (actor: Actor, input: CommandInput<K>) => Promise<Result<CommandOutput<K>, Refusal>>
}
