import { timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { refuse } from '../refuse.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Requests that change something must carry the session's token in `x-csrf-token`; without a session they must come from
 * our own page (`Origin`, when the browser sends one), so that another site can neither act nor sign a browser in.
 */
export const csrf: RequestHandler = (req, res, next) => {
  if (SAFE.has(req.method)) return next()
  const origin = req.get('origin')
  if (origin && !sameHost(origin, req.get('host'))) {
    return refuse(res, { code: 'csrf', message: 'This request came from another site.' })
  }
  if (!req.caller || same(req.get('x-csrf-token') ?? '', req.caller.csrfToken)) return next()
  refuse(res, {
    code: 'csrf',
    message: 'The x-csrf-token header is missing or old; reload the page.',
    field: 'x-csrf-token',
  })
}

function sameHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

function same(a: string, b: string): boolean {
  return a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b))
}
