import type { Localized } from '@ringdown/core/kernel'
import type { z } from 'zod'
import type { NodeCommand } from '../commands.ts'
import type { IvrInput } from '../input.ts'
import type { Facts } from '../state.ts'

/** What a node sees of itself and the call. */
export type NodeContext<Config> = { id: string; label: Localized; config: Config; facts: Facts; at: number }

/** Where it goes from here: stay with new memory, leave by a named exit, or end the call. */
export type Turn<Local> =
  | { go: 'stay'; local: Local; commands: NodeCommand[]; facts?: Partial<Facts> }
  | {
      go: 'exit'
      exit: string
      commands?: NodeCommand[]
      facts?: Partial<Facts> /** a key for the next node */
      key?: string
    }
  | { go: 'end'; commands: NodeCommand[] }

export const stay = <Local>(local: Local, commands: NodeCommand[] = [], facts: Partial<Facts> = {}): Turn<Local> => ({
  go: 'stay',
  local,
  commands,
  facts,
})
export const exit = (name: string, commands: NodeCommand[] = [], facts: Partial<Facts> = {}): Turn<never> => ({
  go: 'exit',
  exit: name,
  commands,
  facts,
})

/** A kind of node: its settings, the exits they give it, and how it acts. `handle` never gets `hung_up`. */
export type NodeDefinition<Config, Local> = {
  name: string
  config: z.ZodType<Config>
  exits(config: Config): readonly string[]
  enter(context: NodeContext<Config>): Turn<Local>
  handle(context: NodeContext<Config>, local: Local, input: Exclude<IvrInput, { type: 'hung_up' }>): Turn<Local>
}

/** Erases the types of one node kind so that the register can hold all of them; `local` only ever comes back to its own kind. */
export type AnyNode = NodeDefinition<unknown, unknown>
export function defineNode<Config, Local>(definition: NodeDefinition<Config, Local>): AnyNode {
  return definition as unknown as AnyNode
}
