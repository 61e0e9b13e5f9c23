import type { RequestHandler } from 'express'
import { type AugmentedRequest, ipKeyGenerator, rateLimit } from 'express-rate-limit'
import { refuse } from '../refuse.ts'

const tooMany: RequestHandler = (req, res) => {
  const resetAt = (req as Partial<AugmentedRequest>).rateLimit?.resetTime?.getTime()
  const retryAfterMs = resetAt === undefined ? 60_000 : Math.max(1, resetAt - Date.now())
  refuse(res, { code: 'too_many', message: 'Too many requests; wait a minute and try again.', retryAfterMs })
}

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
