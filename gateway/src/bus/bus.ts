import type { CommandInput, CommandName, CommandOutput } from '@ringdown/core/contract'
import type { BusMessage } from '@ringdown/core/events'
import type { Result } from '@ringdown/core/kernel'
import type { Actor, Refusal } from '../commands/handlers.ts'

/** What joins the gateways: facts for all of them, and questions for the one that holds a contact. */
export interface Bus {
  /** Tells every gateway, this one included, in the order of publishing. */
  publish(message: BusMessage): Promise<void>
  /** @returns a function that ends the subscription. */
  subscribe(listener: (message: BusMessage) => void): () => void
  /**
   * Runs a command on the gateway that owns the contact.
   * Refused as `gateway_lost` when it does not answer within the configured time.
   */
  ask<K extends CommandName>(
    gatewayId: string,
    command: K,
    actor: Actor,
    input: CommandInput<K>,
  ): Promise<Result<CommandOutput<K>, Refusal>>
  /** Answers what other gateways ask of this one. */
  serve(run: (command: CommandName, actor: Actor, input: unknown) => Promise<Result<unknown, Refusal>>): void
}
