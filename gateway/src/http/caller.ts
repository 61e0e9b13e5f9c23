import type { Actor } from '../commands/handlers.ts'

/** The signed-in user of a request, with the session that proves it. */
export type Caller = Actor & { sessionId: string; token: string; csrfToken: string }

declare module 'express-serve-static-core' {
  interface Request {
    caller?: Caller
  }
}
