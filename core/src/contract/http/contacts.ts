import { z } from 'zod'
import { ContactId, Instant, QueueId, RecordingId, UserId } from '../../kernel/index.ts'
import { operation, PageQuery, pageOf } from '../operation.ts'
import { BoardView, ContactSummary, ContactView, LadderMessage } from '../views/index.ts'

const tag = 'contacts'
const params = z.object({ contactId: ContactId })

export const contacts = {
  listContacts: operation({
    tag,
    summary: 'Contacts, newest first; agents see their own',
    method: 'get',
    path: '/api/contacts',
    role: 'agent',
    query: PageQuery.extend({
      search: z.string().max(100).optional(),
      queueId: QueueId.optional(),
      agentId: UserId.optional(),
      outcome: z.string().max(40).optional(),
      from: z.coerce.number().pipe(Instant).optional(),
      to: z.coerce.number().pipe(Instant).optional(),
    }),
    output: pageOf(ContactSummary),
  }),
  readContact: operation({
    tag,
    summary: 'The call with timeline, segments, recordings, survey and tickets',
    method: 'get',
    path: '/api/contacts/{contactId}',
    role: 'agent',
    params,
    output: ContactView,
  }),
  readLadder: operation({
    tag,
    summary: 'The SIP messages of the call',
    method: 'get',
    path: '/api/contacts/{contactId}/ladder',
    role: 'agent',
    params,
    output: z.object({ messages: z.array(LadderMessage), available: z.boolean() }),
  }),
  readPeaks: operation({
    tag,
    summary: 'Peaks of a recording for the player, two channels, −1…1 pairs',
    method: 'get',
    path: '/api/recordings/{recordingId}/peaks',
    role: 'agent',
    params: z.object({ recordingId: RecordingId }),
    output: z.object({ durationMs: z.number().int(), left: z.array(z.number()), right: z.array(z.number()) }),
  }),
  // GET /api/recordings/{recordingId}/audio streams audio/wav with ranges; it is listed in the OpenAPI document by hand.
  readBoard: operation({
    tag: 'board',
    summary: 'Queues, callers and agents now',
    method: 'get',
    path: '/api/board',
    role: 'supervisor',
    output: BoardView,
  }),
} as const
