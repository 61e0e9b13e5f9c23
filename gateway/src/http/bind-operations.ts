import { type Operation, type OperationName, operations } from '@ringdown/core/contract'
import type { Express, Request, Response } from 'express'
import type { Config } from '../config.ts'
import { mayActAs } from '../policies/roles.ts'
import type { Exchange, OperationHandlers } from './operation-handlers.ts'
import { invalidInput, refuse } from './refuse.ts'
import { SESSION_COOKIE } from './session/cookie.ts'

type LooseHandler = (
  input: unknown,
  caller: unknown,
  exchange: Exchange,
) => Promise<{ ok: boolean; value?: unknown; error?: never }>

/** Mounts every operation of the contract: role, input parsed, handler, answer or refusal. */
export function bindOperations(app: Express, handlers: OperationHandlers, config: Config): void {
  for (const name of Object.keys(operations) as OperationName[]) {
    const op: Operation = operations[name]
    const handler = handlers[name] as unknown as LooseHandler
    app[op.method](expressPath(op.path), async (req, res) => {
      if (!admit(op, req, res)) return
      const input = parse(op, req, res)
      if (!input) return
      const result = await handler(input, req.caller, exchangeOf(req, res, config))
      if (result.ok) res.json(result.value)
      else refuse(res, result.error as never)
    })
  }
}

/** `/api/customers/{customerId}` as express writes it. */
export const expressPath = (path: string): string => path.replaceAll(/\{(\w+)\}/g, ':$1')

function admit(op: Operation, req: Request, res: Response): boolean {
  if (op.role === 'public') return true
  if (!req.caller) {
    refuse(res, { code: 'not_signed_in', message: 'Sign in first.' })
    return false
  }
  if (mayActAs(req.caller.role, op.role)) return true
  refuse(res, { code: 'forbidden', message: `This needs the role ${op.role}.` })
  return false
}

function parse(op: Operation, req: Request, res: Response): Record<string, unknown> | undefined {
  const input: Record<string, unknown> = { params: {}, query: {}, body: undefined }
  for (const part of ['params', 'query', 'body'] as const) {
    const schema = op[part]
    if (!schema) continue
    const parsed = schema.safeParse(req[part] ?? {})
    if (!parsed.success) {
      refuse(res, invalidInput(parsed.error, part))
      return undefined
    }
    input[part] = parsed.data
  }
  return input
}

function exchangeOf(req: Request, res: Response, config: Config): Exchange {
  const options = { httpOnly: true, sameSite: 'lax', secure: req.secure, path: '/' } as const
  return {
    userAgent: (req.get('user-agent') ?? '').slice(0, 300),
    address: req.ip ?? '',
    setSession: (token, expiresAt) =>
      res.cookie(SESSION_COOKIE(config), token, { ...options, expires: new Date(expiresAt) }),
    clearSession: () => res.clearCookie(SESSION_COOKIE(config), options),
  }
}
