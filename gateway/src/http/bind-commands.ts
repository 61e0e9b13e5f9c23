import { type Command, type CommandName, commands } from '@ringdown/core/contract'
import type { Express } from 'express'
import type { RunCommand } from '../commands/run-command.ts'
import { expressPath } from './bind-operations.ts'
import { refuse } from './refuse.ts'

/** Mounts every live command as a REST call: `POST /api/calls/{contactId}/hold` runs `call:hold`. */
export function bindCommands(app: Express, run: RunCommand): void {
  for (const name of Object.keys(commands) as CommandName[]) {
    const command: Command = commands[name]
    const [method, path] = command.http.split(' ') as ['get' | 'post' | 'put' | 'delete', string]
    app[method](expressPath(path), async (req, res) => {
      if (!req.caller) return refuse(res, { code: 'not_signed_in', message: 'Sign in first.' })
      const result = await run(name, req.caller, { ...req.body, ...req.params })
      if (result.ok) res.json(result.value)
      else refuse(res, result.error)
    })
  }
}
