import type { OperationInput, OperationName, OperationOutput } from '@ringdown/core/contract'
import type { Result } from '@ringdown/core/kernel'
import type { Refusal } from '../commands/handlers.ts'
import type { Caller } from './caller.ts'

/** What a handler may know of the browser and tell it, beside its answer. */
export type Exchange = {
  userAgent: string
  address: string
  /** Opens or closes the browser's session by cookie. */
  setSession(token: string, expiresAt: number): void
  clearSession(): void
}

/** Public operations have no caller. */
type CallerOf<K extends OperationName> = K extends 'signIn' | 'readSetup' | 'completeSetup'
  ? Caller | undefined
  : Caller

export type OperationHandler<K extends OperationName> = (
  input: OperationInput<K>,
  caller: CallerOf<K>,
  exchange: Exchange,
) => Promise<Result<OperationOutput<K>, Refusal>>

/** One handler per operation of the contract; a missing one does not compile. Input is parsed and the role is checked. */
export type OperationHandlers = { [K in OperationName]: OperationHandler<K> }
