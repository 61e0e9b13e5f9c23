import type { LiveContactStore } from '@ringdown/core/contact'
import type { CommandInput, CommandName, CommandOutput } from '@ringdown/core/contract'
import { type ContactId, err, type Result } from '@ringdown/core/kernel'
import type { Bus } from '../bus/bus.ts'
import type { Actor, Refusal } from './handlers.ts'

export type RouteParts = { gatewayId: string; bus: Pick<Bus, 'ask'>; live: Pick<LiveContactStore, 'read'> }

/** Runs a command on the gateway that holds the contact, when that is another one than this. */
export async function routeToOwner<K extends CommandName>(
  { gatewayId, bus, live }: RouteParts,
  command: K,
  actor: Actor,
  input: CommandInput<K>,
  contactId: ContactId,
): Promise<Result<CommandOutput<K>, Refusal>> {
  const owner = (await live.read(contactId))?.gatewayId
  if (owner === undefined || owner === gatewayId) return err(callOver)
  return bus.ask(owner, command, actor, input)
}

const callOver: Refusal = { code: 'call_ended', message: 'This call is over.' }
