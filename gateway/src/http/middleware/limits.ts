import type { RequestHandler } from 'express'
import { ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { refuse } from '../refuse.ts'

const tooMany: RequestHandler = (_, res) =>
  refuse(res, { code: 'too_many', message: 'Too many requests; wait a minute and try again.' })

/** Requests a minute of one user, or of one address before sign-in. */
export const limitRequests = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req) => req.caller?.userId ?? ipKeyGenerator(req.ip ?? ''),
    handler: tooMany,
  })

/** Failed sign-ins a minute of one address and login; those that succeed do not count. */
export const limitSignIns = (perMinute: number): RequestHandler =>
  rateLimit({
    windowMs: 60_000,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    keyGenerator: (req) =>
      `${ipKeyGenerator(req.ip ?? '')}|${String(req.body?.login ?? '')
        .slice(0, 80)
        .toLowerCase()}`,
    handler: tooMany,
  })
