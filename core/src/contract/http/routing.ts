import { z } from 'zod'
import { Decision } from '../../acd/index.ts'
import { OfferOutcome } from '../../contact/index.ts'
import { ContactId, Instant } from '../../kernel/index.ts'
import { operation } from '../operation.ts'

/** Why a contact went where it went. The parts of a score are named by the strategy of its decision, `pool` first. */
export const WhyView = z.object({
  decisions: z.array(
    Decision.extend({
      /** What each part of a score is. */
      parts: z.array(z.string()),
      /** How its offer ended; null: it lives, or there was none. */
      outcome: OfferOutcome.nullable(),
      outcomeAt: Instant.nullable(),
    }),
  ),
  /** The same for a caller who waits now, with the agents who are not ready; null: he does not wait. */
  now: Decision.extend({ parts: z.array(z.string()), position: z.number().int() }).nullable(),
})
export type WhyView = z.infer<typeof WhyView>

export const routing = {
  readWhy: operation({
    tag: 'contacts',
    summary: 'Why: the candidates at each decision with their scores and what spoke against them; kept 30 days',
    method: 'get',
    path: '/api/contacts/{contactId}/why',
    role: 'agent',
    params: z.object({ contactId: ContactId }),
    output: WhyView,
  }),
} as const
