import { z } from 'zod'
import { ChosenStatus, DeviceKind } from '../agent/index.ts'
import { ContactId, CustomerId, OfferId, PersonId, QueueId, UserId } from '../kernel/index.ts'
import { TicketInput } from '../ticket/index.ts'
import type { Role } from './operation.ts'
import { Nothing } from './operation.ts'
import { DeskView } from './views/index.ts'

/**
 * What an agent or supervisor asks of the live world. Each is a socket command and a REST call with the same handler:
 * `call:hold` on the socket, `POST /api/calls/{contactId}/hold` by HTTP; fields in braces are taken from the path.
 */
export type Command = {
  summary: string
  http: `${'post' | 'put' | 'delete' | 'get'} /api/${string}`
  role: Role
  input: z.ZodObject
  output: z.ZodType
}

const onCall = z.object({ contactId: ContactId })

export const commands = {
  'desk:read': {
    summary: 'The desk as it is now',
    http: 'get /api/desk',
    role: 'agent',
    input: Nothing,
    output: DeskView,
  },
  'agent:sign-in': {
    summary: 'Begin a shift on a device (签入)',
    http: 'post /api/desk/sign-in',
    role: 'agent',
    input: z.object({ device: DeviceKind }),
    output: DeskView,
  },
  'agent:sign-out': {
    summary: 'End the shift (签出)',
    http: 'post /api/desk/sign-out',
    role: 'agent',
    input: Nothing,
    output: Nothing,
  },
  'agent:set-status': {
    summary: 'Choose Available or Not ready with a reason; during work it takes effect afterwards',
    http: 'put /api/desk/status',
    role: 'agent',
    input: z.object({ chosen: ChosenStatus }),
    output: DeskView,
  },
  'headset:connect': {
    summary: 'Offer a WebRTC session (SDP with all candidates) for the headset; replaces an earlier one',
    http: 'post /api/desk/headset',
    role: 'agent',
    input: z.object({ sdp: z.string().max(20_000) }),
    output: z.object({ sdp: z.string(), sessionId: z.string() }),
  },
  'offer:answer': {
    summary: 'Answer the offered contact',
    http: 'post /api/offers/{offerId}/answer',
    role: 'agent',
    input: z.object({ offerId: OfferId }),
    output: Nothing,
  },
  'offer:reject': {
    summary: 'Refuse the offered contact; it goes to the next agent',
    http: 'post /api/offers/{offerId}/reject',
    role: 'agent',
    input: z.object({ offerId: OfferId }),
    output: Nothing,
  },
  'call:hold': {
    summary: 'Put the caller on hold with music',
    http: 'post /api/calls/{contactId}/hold',
    role: 'agent',
    input: onCall,
    output: Nothing,
  },
  'call:resume': {
    summary: 'Take the caller back from hold',
    http: 'post /api/calls/{contactId}/resume',
    role: 'agent',
    input: onCall,
    output: Nothing,
  },
  'call:mute': {
    summary: 'Mute or unmute the own microphone',
    http: 'post /api/calls/{contactId}/mute',
    role: 'agent',
    input: onCall.extend({ muted: z.boolean() }),
    output: Nothing,
  },
  'call:dtmf': {
    summary: 'Send keys to the caller',
    http: 'post /api/calls/{contactId}/dtmf',
    role: 'agent',
    input: onCall.extend({ digits: z.string().regex(/^[0-9*#A-D]{1,32}$/, 'expected keys 0-9 * # A-D') }),
    output: Nothing,
  },
  'call:transfer': {
    summary: 'Blind transfer to an agent or a queue',
    http: 'post /api/calls/{contactId}/transfer',
    role: 'agent',
    input: onCall.extend({
      to: z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('agent'), agentId: UserId }),
        z.object({ kind: z.literal('queue'), queueId: QueueId }),
      ]),
    }),
    output: Nothing,
  },
  'call:hang-up': {
    summary: 'End the call; a caller who stays gets the survey if the queue asks for one',
    http: 'post /api/calls/{contactId}/hang-up',
    role: 'agent',
    input: onCall,
    output: Nothing,
  },
  'call:send-survey': {
    summary: 'Send the caller to the survey now and leave the call',
    http: 'post /api/calls/{contactId}/survey',
    role: 'agent',
    input: onCall,
    output: Nothing,
  },
  'call:write-notes': {
    summary: 'Notes of the contact',
    http: 'put /api/calls/{contactId}/notes',
    role: 'agent',
    input: onCall.extend({ text: z.string().max(10_000) }),
    output: Nothing,
  },
  'call:choose-customer': {
    summary: 'Say who the caller is',
    http: 'put /api/calls/{contactId}/customer',
    role: 'agent',
    input: onCall.extend({ customerId: CustomerId, personId: PersonId.nullable() }),
    output: Nothing,
  },
  'wrap-up:complete': {
    summary: 'Finish wrap-up: disposition, and the ticket saved or left out',
    http: 'post /api/calls/{contactId}/wrap-up',
    role: 'agent',
    input: onCall.extend({
      disposition: z.string().min(1).max(60),
      ticket: TicketInput.extend({ note: z.string().max(20_000), solved: z.boolean() }).nullable(),
      next: ChosenStatus.nullable(),
    }),
    output: z.object({ ticketNumber: z.string().nullable() }),
  },
  'wrap-up:extend': {
    summary: 'One more minute of wrap-up',
    http: 'post /api/calls/{contactId}/wrap-up/extend',
    role: 'agent',
    input: onCall,
    output: Nothing,
  },
} as const satisfies Record<string, Command>

export type Commands = typeof commands
export type CommandName = keyof Commands
export type CommandInput<K extends CommandName> = z.infer<Commands[K]['input']>
export type CommandOutput<K extends CommandName> = z.infer<Commands[K]['output']>
