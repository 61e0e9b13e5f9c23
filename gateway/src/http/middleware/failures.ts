import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import { refuse } from '../refuse.ts'

/** The last stop of a throw: bad JSON is the caller's, all else is ours and is logged. */
export const failures =
  (log: Logger): ErrorRequestHandler =>
  (error, req, res, next) => {
    if (res.headersSent) return next(error)
    if (error?.type === 'entity.parse.failed') {
      return refuse(res, { code: 'invalid_input', message: 'The body is not valid JSON.', field: 'body' })
    }
    if (error?.type === 'entity.too.large') {
      return refuse(res, { code: 'invalid_input', message: 'The body is larger than 512 kB.', field: 'body' })
    }
    if (error instanceof URIError)
      return refuse(res, { code: 'invalid_input', message: 'The address is not a valid URL.', field: 'path' })
    log.error({ err: error, method: req.method, path: req.path }, 'request failed')
    refuse(res, { code: 'internal', message: 'Something went wrong on our side; try again.' })
  }
