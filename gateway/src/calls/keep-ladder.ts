import { setTimeout as sleep } from 'node:timers/promises'
import { saveLadder } from '@ringdown/db/postgres'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

/** Time for the SIP server to note the last message. */
const SETTLE_MS = 100
const TRIES = 5

/**
 * Keeps the SIP messages of a call that ended, in the background: the ladder of the call's page.
 * @param rungOff our BYE, if we sent one: its answer is to be in the ladder
 */
export function keepLadder(
  ctx: CallContext,
  { contact: { contactId }, sipCallId }: LiveCall,
  rungOff: Promise<unknown> | undefined,
): void {
  const keep = async () => {
    await rungOff
    for (let attempt = 1; ; attempt += 1) {
      await sleep(SETTLE_MS * attempt ** 2, undefined, { ref: false })
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
