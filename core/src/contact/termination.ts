import { z } from 'zod'

/** Who ended a contact or a leg. */
export const Party = z.enum(['caller', 'agent', 'supervisor', 'flow', 'network', 'system'])
export type Party = z.infer<typeof Party>

/** Why a contact or leg ended: low-cardinality words for figures and the call page. */
export const TerminationReason = z.enum([
  'normal',
  'abandoned_in_ivr',
  'abandoned_in_queue',
  'abandoned_while_ringing',
  'flow_ended',
  'survey_finished',
  'transferred',
  'busy',
  'no_answer',
  'rejected',
  'unreachable',
  'no_common_codec',
  'unknown_number',
  'cancelled',
  'ack_timeout',
  'media_lost',
  'media_timeout',
  'device_lost',
  'forced',
  'gateway_lost',
  'error',
])
export type TerminationReason = z.infer<typeof TerminationReason>

export const Termination = z.object({ party: Party, reason: TerminationReason })
export type Termination = z.infer<typeof Termination>
