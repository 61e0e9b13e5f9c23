import { z } from 'zod'

/** Ids are UUIDs; the brand keeps a ticket's id out of a contact's place. Made at the edges, never in core. */
export const ContactId = z.uuid().brand<'ContactId'>()
export type ContactId = z.infer<typeof ContactId>
export const SegmentId = z.uuid().brand<'SegmentId'>()
export type SegmentId = z.infer<typeof SegmentId>
export const QueueId = z.uuid().brand<'QueueId'>()
export type QueueId = z.infer<typeof QueueId>
export const QueueEntryId = z.uuid().brand<'QueueEntryId'>()
export type QueueEntryId = z.infer<typeof QueueEntryId>
export const OfferId = z.uuid().brand<'OfferId'>()
export type OfferId = z.infer<typeof OfferId>
/** Agents, supervisors and administrators are users; an agent's id is his user id. */
export const UserId = z.uuid().brand<'UserId'>()
export type UserId = z.infer<typeof UserId>
export const SkillId = z.uuid().brand<'SkillId'>()
export type SkillId = z.infer<typeof SkillId>
export const CustomerId = z.uuid().brand<'CustomerId'>()
export type CustomerId = z.infer<typeof CustomerId>
export const PersonId = z.uuid().brand<'PersonId'>()
export type PersonId = z.infer<typeof PersonId>
export const TicketId = z.uuid().brand<'TicketId'>()
export type TicketId = z.infer<typeof TicketId>
export const RecordingId = z.uuid().brand<'RecordingId'>()
export type RecordingId = z.infer<typeof RecordingId>
export const SurveyId = z.uuid().brand<'SurveyId'>()
export type SurveyId = z.infer<typeof SurveyId>
export const FlowId = z.uuid().brand<'FlowId'>()
export type FlowId = z.infer<typeof FlowId>
/** A way in from outside: a carrier, a PBX, a network. */
export const TrunkId = z.uuid().brand<'TrunkId'>()
export type TrunkId = z.infer<typeof TrunkId>
export const SavedViewId = z.uuid().brand<'SavedViewId'>()
export type SavedViewId = z.infer<typeof SavedViewId>
export const EventId = z.uuid().brand<'EventId'>()
export type EventId = z.infer<typeof EventId>
export const GatewayId = z.string().min(1).max(64).brand<'GatewayId'>()
export type GatewayId = z.infer<typeof GatewayId>
