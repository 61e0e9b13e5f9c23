import type { Queue } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import type { LiveContact } from '@ringdown/core/contact'
import type { CallView, DeskView, PopView, WrapUpView } from '@ringdown/core/contract'
import type { ContactId, UserId } from '@ringdown/core/kernel'
import { draftFromContact, type Ticket, type TicketInput } from '@ringdown/core/ticket'
import { findTicketOfCall } from '@ringdown/db/postgres'
import type { QueueBook } from '../acd/queue-book.ts'
import type { Foundation } from '../foundation.ts'
import { createPopCache, type PopCache, type PopRecords, popRecordsFrom } from './pop-records.ts'
import { popView } from './pop-view.ts'

export type DeskParts = Pick<Foundation, 'agents' | 'live' | 'clock'> & {
  queues: QueueBook
  pops: PopCache
  /** The ticket of a call: the system's draft, or what an agent made of it. */
  findTicket(contactId: ContactId): Promise<Ticket | undefined>
}

export type ComposeDeskParts = Pick<Foundation, 'agents' | 'live' | 'bus' | 'sql' | 'clock' | 'log'> & {
  queues: QueueBook
}

/** Everything an agent's page shows, from the stores and the record; callers' records are read ahead. */
export function createComposeDesk(parts: ComposeDeskParts): (agentId: UserId) => Promise<DeskView> {
  const { sql } = parts
  const pops = createPopCache({ ...parts, read: popRecordsFrom(sql) })
  return composeDeskFrom({ ...parts, pops, findTicket: (contactId) => findTicketOfCall(sql, contactId) })
}

/** The same over given records. */
export function composeDeskFrom(parts: DeskParts): (agentId: UserId) => Promise<DeskView> {
  return async (agentId) => {
    const agent = await parts.agents.read(agentId)
    const empty: DeskView = {
      version: agent?.version ?? 0,
      agent: agent ?? null,
      offer: null,
      call: null,
      wrapUp: null,
      now: parts.clock(),
    }
    if (!agent || agent.work.state === 'idle') return empty
    const contact = await parts.live.read(agent.work.contactId)
    return contact ? { ...empty, ...(await composeWork(parts, agent, contact)), now: parts.clock() } : empty
  }
}

async function composeWork(
  parts: DeskParts,
  { agentId, work }: AgentRecord,
  contact: LiveContact,
): Promise<Partial<Pick<DeskView, 'offer' | 'call' | 'wrapUp'>>> {
  const [records, queue] = await Promise.all([
    parts.pops.of(contact),
    contact.queue ? parts.queues.find(contact.queue.queueId) : undefined,
  ])
  const pop = (until: number) => popView(contact, records, queue?.name ?? null, until)
  switch (work.state) {
    case 'ringing':
      return {
        offer: { offerId: work.offerId, offeredAt: work.since, expiresAt: work.expiresAt, pop: pop(work.since) },
      }
    case 'talking':
    case 'held':
      return { call: callView(work, contact, pop) }
    case 'wrap_up':
      return {
        wrapUp: await composeWrapUp(
          parts,
          { agentId, work },
          contact,
          records,
          queue,
          pop(answeredAt(contact, work.since)),
        ),
      }
    default:
      return {}
  }
}

type Work<S extends AgentRecord['work']['state']> = Extract<AgentRecord['work'], { state: S }>

/** The agent may be ahead of what the caller's gateway has shared of the segment: then it is connecting. */
function callView(work: Work<'talking' | 'held'>, contact: LiveContact, pop: (until: number) => PopView): CallView {
  const { contactId, surveySent, notes } = contact
  const segment = contact.segment?.segmentId === work.segmentId ? contact.segment : null
  const since = segment?.answeredAt ?? work.since
  return {
    contactId,
    segmentId: work.segmentId,
    state: !segment?.connected ? 'connecting' : segment.heldAt === null ? 'talking' : 'held',
    answeredAt: since,
    heldAt: segment?.heldAt ?? null,
    muted: segment?.muted ?? false,
    recording: segment?.recording ?? false,
    surveySent,
    notes,
    pop: pop(since),
  }
}

async function composeWrapUp(
  { findTicket }: DeskParts,
  { agentId, work }: { agentId: UserId; work: Work<'wrap_up'> },
  contact: LiveContact,
  records: PopRecords,
  queue: Queue | undefined,
  pop: PopView,
): Promise<WrapUpView> {
  const ticket = await findTicket(contact.contactId)
  const mayFollow = !ticket || (ticket.state === 'draft' && ticket.version === 1)
  return {
    contactId: contact.contactId,
    segmentId: work.segmentId,
    startedAt: work.since,
    endsAt: work.endsAt,
    notes: contact.notes,
    draft: mayFollow ? draftOf(agentId, contact, records, queue) : inputOf(ticket),
    draftTicketId: ticket?.state === 'draft' ? ticket.id : null,
    savedTicket:
      !ticket || ticket.state === 'draft' ? null : { id: ticket.id, number: ticket.number, state: ticket.state },
    pop,
  }
}

/** The draft that the worker writes, without waiting for it: it follows whom the agent took the caller for just now. */
function draftOf(
  agentId: UserId,
  { language, customerId, personId, caller }: LiveContact,
  records: PopRecords,
  queue: Queue | undefined,
): TicketInput {
  const person = records.customer?.people.find(({ id }) => id === personId)
  return draftFromContact({
    language,
    customerId,
    personId,
    callerName: person?.name ?? records.customer?.name ?? caller.name ?? caller.number,
    queue: queue ?? null,
    agentId,
  })
}

const inputOf = ({ subject, customerId, personId, priority, category, assigneeId, dueAt }: Ticket): TicketInput => ({
  subject,
  customerId,
  personId,
  priority,
  category,
  assigneeId,
  dueAt,
})

const answeredAt = ({ segment }: LiveContact, otherwise: number): number => segment?.answeredAt ?? otherwise
