import { setTimeout as sleep } from 'node:timers/promises'
import { saveLadder } from '@ringdown/db/postgres'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** The answer to the last BYE is to be in it. */
const SETTLE_MS = 700
const TRIES = 3

/** Keeps the SIP messages of a call that ended, in the background: the ladder of the call's page. */
export function keepLadder(ctx: CallContext, { contact: { contactId }, sipCallId }: LiveCall): void {
  const keep = async () => {
    for (let attempt = 1; ; attempt += 1) {
      await sleep(SETTLE_MS * attempt, undefined, { ref: false })
      try {
        await ctx.ledger.written(contactId)
        const messages = await ctx.ladder(sipCallId)
        if (messages) await saveLadder(ctx.sql, contactId, messages)
        return
      } catch (error) {
        if (attempt === TRIES) throw error
      }
    }
  }
  keep().catch((error: unknown) =>
    ctx.log.warn({ err: error, contactId }, 'the SIP ladder of a call could not be kept'),
  )
}
