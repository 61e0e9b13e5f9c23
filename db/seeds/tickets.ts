import { TicketId, type UserId } from '@ringdown/core/kernel'
import type { Ticket, TicketCategory, TicketMessage, TicketPriority, TicketState } from '@ringdown/core/ticket'
import { type DemoCall, dayStartOf } from './calls/index.ts'
import { conversations } from './conversations.ts'
import type { DemoCustomer } from './customers.ts'
import type { Random } from './random.ts'
import type { DemoUser } from './staff.ts'

export type DemoTicket = Omit<Ticket, 'contactIds'> & { messages: Omit<TicketMessage, 'id' | 'ticketId'>[] }

const hourMs = 3_600_000
const quarterMs = hourMs / 4
const dayMs = 24 * hourMs
const firstNumber = 10_001
/** Ascending. */
const tourNumbers = [10_391, 10_482] as const
const dueHours: Record<TicketPriority, number> = { urgent: 4, high: 8, normal: 24, low: 72 }
const categories: Record<string, readonly (readonly [TicketCategory, number])[]> = {
  'after-sales': [
    ['repair', 70],
    ['exchange', 30],
  ],
  sales: [
    ['order', 45],
    ['inquiry', 55],
  ],
  complaints: [['complaint', 1]],
  operator: [
    ['inquiry', 60],
    ['other', 40],
  ],
}

/** Tickets that calls left behind: about one in three of those whose caller is known, linked by an event of the call. */
export function demoTickets(
  calls: readonly DemoCall[],
  { tourCustomer, random, now }: { tourCustomer: DemoCustomer; random: Random; now: number },
): DemoTicket[] {
  const tickets = calls.flatMap((call) => {
    const match = call.caller.byCode ?? call.caller.byNumber
    if (!call.talk || match.kind !== 'one' || !random.chance(0.315)) return []
    const { customerId, personId } = match.candidate
    // The tour's customer has no open tickets but its own two.
    const state = customerId === tourCustomer.id ? 'closed' : stateAfter(random, now - call.talk.wrappedUpAt)
    return [ticketOf(call, { customerId, personId, state, random, now, talk: call.talk })]
  })
  return tickets.map((ticket, i) => ({ ...ticket, number: numberAt(i) }))
}

/** Counts on from the first number, leaving out those of the tour. */
function numberAt(index: number): string {
  const skipped = tourNumbers.filter((number, i) => number <= firstNumber + index + i).length
  return `T-${firstNumber + index + skipped}`
}

function ticketOf(
  call: DemoCall,
  {
    customerId,
    personId,
    state,
    random,
    now,
    talk,
  }: Pick<Ticket, 'customerId' | 'personId' | 'state'> & {
    random: Random
    now: number
    talk: NonNullable<DemoCall['talk']>
  },
): DemoTicket {
  const id = TicketId.parse(random.uuid())
  const category = random.weighted<TicketCategory>(categories[talk.queue] ?? [['other', 1]])
  const priority = random.weighted<TicketPriority>(
    category === 'complaint'
      ? [
          ['urgent', 1],
          ['high', 3],
        ]
      : [
          ['high', 2],
          ['normal', 6],
          ['low', 2],
        ],
  )
  const createdAt = Math.round(talk.wrappedUpAt)
  call.log.add('ticket_linked', createdAt, { ticketId: id, agentId: talk.agent.id })
  const { subject, lines } = random.pick(conversations[call.caller.language][category])
  const messages = conversation(lines, { agent: talk.agent, createdAt, state, now, random })
  return {
    id,
    number: '',
    subject,
    customerId,
    personId,
    priority,
    category,
    assigneeId: talk.agent.id,
    state,
    channel: 'voice',
    dueAt: dueAt(priority, { createdAt, state, now, random }),
    createdAt,
    updatedAt: messages.at(-1)?.at ?? createdAt,
    version: messages.length,
    messages,
  }
}

/**
 * A desk that cares: what is open will be done in time, but for a few that are some hours late. What is done was due
 * after it came.
 */
function dueAt(
  priority: TicketPriority,
  about: { createdAt: number; state: TicketState; now: number; random: Random },
): number {
  const { createdAt, state, now, random } = about
  const promised = createdAt + dueHours[priority] * hourMs
  if (state !== 'open' && state !== 'pending') return promised
  if (random.chance(0.07)) return now - random.int(1, 12) * quarterMs
  return Math.max(promised, now + random.int(1, dueHours[priority] * 4) * quarterMs)
}

/** Old tickets are closed, young ones are open. */
function stateAfter(random: Random, ageMs: number): TicketState {
  if (ageMs < dayMs)
    return random.weighted<TicketState>([
      ['open', 55],
      ['pending', 25],
      ['solved', 20],
    ])
  if (ageMs < 7 * dayMs)
    return random.weighted<TicketState>([
      ['open', 22],
      ['pending', 18],
      ['solved', 35],
      ['closed', 25],
    ])
  return random.weighted<TicketState>([
    ['open', 2],
    ['pending', 2],
    ['solved', 10],
    ['closed', 86],
  ])
}

/** The first line is the agent's note of the call; solved tickets have said all their lines. */
function conversation(
  lines: readonly string[],
  about: { agent: DemoUser; createdAt: number; state: TicketState; now: number; random: Random },
): DemoTicket['messages'] {
  const { agent, createdAt, state, now, random } = about
  const said = state === 'open' ? 1 : state === 'pending' ? 2 : lines.length
  const author: { id: UserId | null; name: string } = { id: agent.id, name: agent.name }
  let at = createdAt
  return lines.slice(0, said).map((text, i) => {
    if (i > 0) at = Math.min(now, at + random.int(1, 20) * hourMs)
    return { at, kind: i === 0 ? 'note' : 'reply', author, text }
  })
}

/** The two open tickets of the tour's customer, as the pop shows them: one due soon, one some hours late. */
export function tourTickets(customer: DemoCustomer, agent: DemoUser, now: number): DemoTicket[] {
  const today = dayStartOf(now)
  const common = {
    customerId: customer.id,
    personId: customer.people[0]?.id ?? null,
    assigneeId: agent.id,
    state: 'open',
    channel: 'voice',
    version: 1,
  } as const
  const open = (
    rest: Pick<Ticket, 'id' | 'number' | 'subject' | 'priority' | 'category' | 'createdAt' | 'dueAt'>,
    text: string,
  ): DemoTicket => ({
    ...common,
    ...rest,
    updatedAt: rest.createdAt,
    messages: [{ at: rest.createdAt, kind: 'note', author: { id: agent.id, name: agent.name }, text }],
  })
  return [
    open(
      {
        id: TicketId.parse('7d1f0a52-3c6e-4b8a-9f21-5e0d7c4a1048'),
        number: 'T-10482',
        subject: '电源故障',
        priority: 'high',
        category: 'repair',
        createdAt: today - 14 * hourMs,
        dueAt: now + 80 * 60_000,
      },
      '客户反映 2 号产线电源模块无输出，指示灯不亮。已登记序列号，安排更换。',
    ),
    open(
      {
        id: TicketId.parse('7d1f0a52-3c6e-4b8a-9f21-5e0d7c4a1039'),
        number: 'T-10391',
        subject: '退换货',
        priority: 'normal',
        category: 'exchange',
        createdAt: today - 16 * dayMs + 10 * hourMs,
        dueAt: now - 2 * hourMs,
      },
      '到货 20 件中 3 件外壳有划痕，客户要求换货，等待质检意见。',
    ),
  ]
}
