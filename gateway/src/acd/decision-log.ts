import { type Decision, explain, type LiveOffer, type OfferPlan, type PlannedOffer } from '@ringdown/core/acd'
import type { QueueEntryId, UserId } from '@ringdown/core/kernel'
import type { RoutingDecision } from '@ringdown/db/postgres'
import { type BackgroundWriter, createBackgroundWriter } from '../agents/background-writer.ts'
import type { Foundation } from '../foundation.ts'

export type DecisionLogParts = Pick<Foundation, 'log'> & {
  append(decisions: RoutingDecision[]): Promise<void>
}

/** Why contacts went where they went, written in the background. */
export type DecisionLog = AsyncDisposable & {
  /** An offer of a plan was made. */
  offered(plan: OfferPlan, planned: PlannedOffer, offer: LiveOffer): void
  /** Nobody who was free might have these; told again only once the reasons changed. */
  passedOver(plan: OfferPlan, at: number): void
  written: BackgroundWriter<RoutingDecision>['written']
}

const KEPT = 20_000
/** Waiting callers whose last reasons are remembered. */
const REMEMBERED = 5_000

export function createDecisionLog({ log, append }: DecisionLogParts): DecisionLog {
  const writer = createBackgroundWriter({ append, log, what: 'the reasons of routing', kept: KEPT })
  const lastReasons = new Map<QueueEntryId, string>()

  return {
    offered(plan, planned, { offerId, agentId, offeredAt }) {
      const taken = takenBefore(plan, plan.offers.indexOf(planned))
      lastReasons.delete(planned.entry.entryId)
      const { contactId } = planned.entry
      writer.push({ contactId, ...explain(planned, taken, offeredAt, { agentId, offerId }) })
    },
    passedOver(plan, at) {
      for (const { placed, offersBefore } of plan.passedOver) {
        if (placed.ranked.length === 0) continue
        const { contactId, entryId } = placed.entry
        const decision = explain(placed, takenBefore(plan, offersBefore), at, { agentId: null, offerId: null })
        const reasons = reasonsOf(decision)
        if (lastReasons.get(entryId) === reasons) continue
        if (lastReasons.size >= REMEMBERED) lastReasons.delete(lastReasons.keys().next().value!)
        lastReasons.set(entryId, reasons)
        writer.push({ contactId, ...decision })
      }
    },
    written: writer.written,
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  }
}

const takenBefore = (plan: OfferPlan, offers: number): ReadonlySet<UserId> =>
  new Set(plan.offers.slice(0, offers).map(({ agentId }) => agentId))

const reasonsOf = ({ candidates, others }: Decision): string =>
  JSON.stringify([candidates.map(({ agentId, verdict, lacks }) => [agentId, verdict, lacks]), others])
