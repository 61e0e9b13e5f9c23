import { setTimeout as sleep } from 'node:timers/promises'
import { type CallerCandidate, type CallerMatch, matchCaller } from '@ringdown/core/customer'
import { callerCandidateByCode, callerCandidatesByNumber } from '@ringdown/db/postgres'
import { changeContact } from './change-contact.ts'
import type { CallContext } from './context.ts'
import type { LiveCall } from './live-call.ts'

export type LookUp = { found: CallerMatch['kind'] | 'failed'; grade: string | null }

/**
 * Resolves the caller by his number or, if given, by a customer code, and lets desks and ledger know. `none`: nobody has
 * this code (what is known by number stays). Runs beside the call: a slow database delays nobody's hang-up.
 */
export async function lookUpCaller(ctx: CallContext, call: LiveCall, code: string | null): Promise<LookUp> {
  const { number } = call.contact.caller
  const looking = Promise.all([
    number.startsWith('+') ? callerCandidatesByNumber(ctx.sql, number) : [],
    code === null ? null : callerCandidateByCode(ctx.sql, code),
  ])
  try {
    const late = sleep(ctx.settings.lookUpMs, 'late' as const, { ref: false })
    const found = await Promise.race([looking, late])
    if (found === 'late') throw new Error(`no answer within ${ctx.settings.lookUpMs} ms`)
    const [byNumber, byCode] = found
    if (code !== null && byCode === null) return { found: 'none', grade: null }
    return await call.run(() => identified(ctx, call, matchCaller(byNumber, byCode), code))
  } catch (error) {
    looking.catch(() => undefined)
    ctx.log.warn({ err: error, contactId: call.contact.contactId }, 'the caller could not be looked up')
    return { found: 'failed', grade: null }
  }
}

async function identified(ctx: CallContext, call: LiveCall, match: CallerMatch, code: string | null): Promise<LookUp> {
  const candidate: CallerCandidate | null = match.kind === 'one' ? match.candidate : null
  const found: LookUp = { found: match.kind, grade: candidate?.grade ?? null }
  if (call.phase.state === 'ended') return found
  const by = code === null ? 'number' : 'code'
  ctx.ledger.record(call.contact.contactId, 'caller_matched', ctx.clock(), { match, by, code })
  await changeContact(ctx, call, {
    match,
    code: code ?? call.contact.code,
    customerId: candidate?.customerId ?? null,
    personId: candidate?.personId ?? null,
  })
  return found
}
