import { err, ok, type Result, type TrunkId, type UserId } from '@ringdown/core/kernel'
import type { KnownTrunk } from '@ringdown/core/trunk'
import type { TrunkStore } from '@ringdown/db/redis'
import type { Logger } from 'pino'
import type { PhoneBinding } from '../phone-bindings.ts'
import type { IncomingCall, SipRefusal } from '../sip-leg.ts'
import { calledNumber } from './called-number.ts'
import type { Refusals } from './refusals.ts'
import type { TrunkBook } from './trunk-book.ts'

/** A call that may come in. */
export type Admission = {
  /** Null: an agent's phone. */
  trunk: { id: TrunkId; name: string } | null
  /** Where the caller's number is from, when it does not say. */
  defaultCountry: string
  /** The number that was called, as flows know it. */
  called: string
  /** The trunk's line that the call takes; disposed of when it ends. */
  line: Disposable
}

export type AdmitParts = {
  book: TrunkBook
  store: Pick<TrunkStore, 'takeLine' | 'freeLine'>
  gatewayId: string
  refusals: Refusals
  /** The agent of an extension. */
  agentOf(extension: string): Promise<UserId | null>
  phoneOf(agentId: UserId): Promise<PhoneBinding | null>
  /** Of the installation. */
  defaultCountry(): Promise<string>
  log: Logger
}

const noLine: Disposable = { [Symbol.dispose]: () => undefined }
const BUSY: SipRefusal = { status: 503, retryAfterS: 10 }

/** Finds who calls in and whether he may, by SPEC.md TR1 to TR6. */
export async function admitCall(parts: AdmitParts, call: IncomingCall): Promise<Result<Admission, SipRefusal>> {
  const found = parts.book.find({ address: call.source, contactUser: call.called })
  if (!found) return admitPhone(parts, call)
  const { trunk } = found
  const dialled = call.called === trunk.contactUser ? call.addressee : call.called
  const called = calledNumber(trunk, dialled)
  if (called === null) return refuse(parts, call, trunk, 'number_not_carried', { status: 404 })
  const line = await takeLine(parts, trunk)
  if (!line) return refuse(parts, call, trunk, 'trunk_full', BUSY)
  return ok({ trunk: { id: trunk.id, name: trunk.name }, defaultCountry: trunk.defaultCountry, called, line })
}

async function admitPhone(parts: AdmitParts, call: IncomingCall): Promise<Result<Admission, SipRefusal>> {
  const { number } = call.from
  const agentId = /^\d{3,6}$/.test(number) ? await parts.agentOf(number) : null
  const phone = agentId && (await parts.phoneOf(agentId))
  if (phone?.address !== call.source) return refuse(parts, call, null, 'unknown_source', { status: 403 })
  return ok({ trunk: null, defaultCountry: await parts.defaultCountry(), called: call.called, line: noLine })
}

/** @returns null when all are taken. */
async function takeLine({ store, gatewayId, log }: AdmitParts, trunk: KnownTrunk): Promise<Disposable | null> {
  const { id, maxCalls } = trunk
  if (maxCalls === null) return noLine
  if (!(await store.takeLine(id, gatewayId, maxCalls))) return null
  const free = () =>
    void store
      .freeLine(id, gatewayId)
      .catch((error: unknown) => log.error({ err: error, trunk: trunk.name }, 'a line could not be freed'))
  return { [Symbol.dispose]: free }
}

function refuse(
  { refusals }: AdmitParts,
  { source, called, from }: IncomingCall,
  trunk: KnownTrunk | null,
  reason: Parameters<Refusals['note']>[0],
  refusal: SipRefusal,
): Result<never, SipRefusal> {
  refusals.note(reason, { source, called, from: from.number, trunk: trunk?.name ?? null })
  return err(refusal)
}
