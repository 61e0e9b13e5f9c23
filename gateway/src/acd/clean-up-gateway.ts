import type { LiveContact } from '@ringdown/core/contact'
import type { ContactEvent } from '@ringdown/core/events'
import { type ContactId, GatewayId } from '@ringdown/core/kernel'
import type { GatewayRegistry } from '@ringdown/db/redis'
import type { Agents } from '../agents/agents.ts'
import type { Foundation } from '../foundation.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Acd } from './acd.ts'
import { closingEvents } from './closing-events.ts'
import type { QueueBook } from './queue-book.ts'

export type CleanUpParts = Pick<Foundation, 'agents' | 'live' | 'bus' | 'clock' | 'log'> & {
  acd: Acd
  changes: Pick<Agents, 'endCall' | 'loseDevice'>
  gateways: Pick<GatewayRegistry, 'headsetsOf'>
  queues: QueueBook
  ledger: Pick<Ledger, 'record'>
  /** Of this gateway, which takes over what is in wrap-up. */
  gatewayId: string
  /** Contacts of the lost gateway that nobody ended, by the record: Redis may have lost them too. */
  listOpenContacts(): Promise<ContactId[]>
  /** Writes what the lost gateway could not write before it died. */
  writeSpooled(gatewayId: string): Promise<void>
  readEvents(contactId: ContactId): Promise<ContactEvent[]>
  /** Idempotent by event id. */
  appendEvents(events: ContactEvent[]): Promise<void>
}

/** Of a call outside queues. */
const WRAP_UP_MS = 60_000

/**
 * Ends what a dead gateway held: its callers leave their queues as `system_error`, its agents go into wrap-up, its
 * contacts get the end that is missing in their ledgers, its headsets are lost. Doing it twice, or two gateways at once, changes nothing more.
 */
export async function cleanUpGateway(parts: CleanUpParts, lostId: string): Promise<void> {
  const { acd, live, clock, log, changes, gateways } = parts
  await parts.writeSpooled(lostId)
  const entries = await acd.store.entriesOf(lostId)
  // one after the other: a dead gateway is no hurry, and the living ones have callers to serve
  for (const { entryId } of entries) await acd.store.withdraw(entryId, clock())
  const contacts = await live.of(lostId)
  const open = await parts.listOpenContacts()
  const ids = new Set([...contacts.map((c) => c.contactId), ...entries.map((e) => e.contactId), ...open])
  for (const contactId of ids) await closeLedger(parts, contactId)
  await endCalls(parts, ids)
  for (const contact of contacts) await handOver(parts, contact)
  for (const [agentId, legId] of await gateways.headsetsOf(lostId)) await changes.loseDevice(agentId, legId)
  if (ids.size > 0) log.warn({ lostId, contacts: ids.size }, 'cleaned up after a lost gateway')
}

async function closeLedger({ readEvents, appendEvents, bus, clock }: CleanUpParts, contactId: ContactId) {
  const missing = closingEvents(await readEvents(contactId), clock())
  if (missing.length === 0) return
  await appendEvents(missing)
  for (const event of missing) await bus.publish({ kind: 'contact', event })
}

async function endCalls(parts: CleanUpParts, ids: ReadonlySet<ContactId>): Promise<void> {
  for (const { agentId, work } of await parts.agents.readAll()) {
    if ((work.state !== 'talking' && work.state !== 'held') || !ids.has(work.contactId)) continue
    const { contactId, segmentId } = work
    const queue = work.queueId && (await parts.queues.find(work.queueId))
    const agent = await parts.changes.endCall(agentId, queue ? queue.wrapUpMs : WRAP_UP_MS)
    if (agent?.work.state !== 'wrap_up') continue
    const { since, endsAt } = agent.work
    parts.ledger.record(contactId, 'wrap_up_started', since, { segmentId, agentId, endsAt })
  }
}

/** A contact in wrap-up lives on here, so that its agent can finish it; any other is over. */
async function handOver({ live, agents, bus, clock, gatewayId }: CleanUpParts, contact: LiveContact): Promise<void> {
  const { contactId, segment } = contact
  await live.remove(contactId)
  const work = segment && (await agents.read(segment.agentId))?.work
  if (!segment || work?.state !== 'wrap_up' || work.contactId !== contactId) return
  const ended = { ...segment, endedAt: segment.endedAt ?? clock(), connected: false, heldAt: null }
  await live.write({
    ...contact,
    gatewayId: GatewayId.parse(gatewayId),
    phase: 'ended',
    offer: null,
    segment: ended,
  })
  await bus.publish({ kind: 'desk', agentId: segment.agentId })
}
