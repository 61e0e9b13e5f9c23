import { z } from 'zod'
import { CallerMatch } from '../customer/index.ts'
import { IvrStep } from '../ivr-step.ts'
import {
  ContactId,
  CustomerId,
  GatewayId,
  Instant,
  Language,
  Localized,
  OfferId,
  PersonId,
  QueueEntryId,
  QueueId,
  SegmentId,
  UserId,
} from '../kernel/index.ts'
import { ContactPhaseName } from './phase.ts'

/**
 * What every gateway may know of a contact that is alive or in wrap-up. Written only by the gateway that holds the
 * caller's leg, read by all (desks, boards, commands that must find the owner).
 */
export const LiveContact = z.object({
  contactId: ContactId,
  gatewayId: GatewayId,
  phase: ContactPhaseName,
  startedAt: Instant,
  caller: z.object({ number: z.string(), name: z.string().nullable(), place: Localized.nullable() }),
  language: Language,
  ivrPath: z.array(IvrStep),
  match: CallerMatch,
  code: z.string().nullable(),
  customerId: CustomerId.nullable(),
  personId: PersonId.nullable(),
  queue: z
    .object({
      queueId: QueueId,
      entryId: QueueEntryId,
      arrivedAt: Instant,
      enteredAt: Instant,
      leftAt: Instant.nullable(),
    })
    .nullable(),
  offer: z.object({ offerId: OfferId, agentId: UserId, offeredAt: Instant, expiresAt: Instant }).nullable(),
  /** The present segment; stays during wrap-up. */
  segment: z
    .object({
      segmentId: SegmentId,
      agentId: UserId,
      answeredAt: Instant,
      connected: z.boolean(),
      heldAt: Instant.nullable(),
      muted: z.boolean(),
      recording: z.boolean(),
      endedAt: Instant.nullable(),
    })
    .nullable(),
  surveySent: z.boolean(),
  notes: z.string(),
  transferredFrom: z.object({ agentId: UserId, agentName: z.string(), notes: z.string() }).nullable(),
})
export type LiveContact = z.infer<typeof LiveContact>

export interface LiveContactStore {
  read(contactId: ContactId): Promise<LiveContact | undefined>
  readMany(contactIds: readonly ContactId[]): Promise<LiveContact[]>
  /** Kept for two hours after the last write, so that nothing lives forever. */
  write(contact: LiveContact): Promise<void>
  remove(contactId: ContactId): Promise<void>
  /** Contacts a gateway holds, for cleaning up after it died. */
  of(gatewayId: string): Promise<LiveContact[]>
}
