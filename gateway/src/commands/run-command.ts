import { type Command, type CommandName, commands } from '@ringdown/core/contract'
import { err, type Result } from '@ringdown/core/kernel'
import type { Logger } from 'pino'
import { mayActAs } from '../policies/roles.ts'
import type { Actor, CommandHandlers, Refusal } from './handlers.ts'

export type RunCommand = (name: CommandName, actor: Actor, input: unknown) => Promise<Result<unknown, Refusal>>

/** The one gate of all commands, whether they came by socket, by HTTP or from another gateway: role, input, handler, a throw. */
export function createRunCommand(handlers: CommandHandlers, log: Logger): RunCommand {
  return async (name, actor, input) => {
    const command: Command | undefined = commands[name]
    if (!command) return err({ code: 'not_found', message: `There is no command ${String(name)}.` })
    if (!mayActAs(actor.role, command.role))
      return err({ code: 'forbidden', message: `This needs the role ${command.role}.` })
    const parsed = command.input.safeParse(input ?? {})
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      const field = issue?.path.join('.')
      return err({
        code: 'invalid_input',
        message: issue?.message ?? 'the input is not valid',
        ...(field && { field }),
      })
    }
    try {
      const handler = handlers[name] as unknown as (actor: Actor, input: unknown) => Promise<Result<unknown, Refusal>>
      return await handler(actor, parsed.data)
    } catch (error) {
      log.error({ err: error, command: name, userId: actor.userId }, 'command failed')
      return err({
        code: 'internal',
        message: 'Something went wrong on our side. Nothing was changed by this click; try again.',
      })
    }
  }
}
