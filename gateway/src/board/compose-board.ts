import { isReliable } from '@ringdown/core/acd'
import type { AgentRecord } from '@ringdown/core/agent'
import type { LiveContact } from '@ringdown/core/contact'
import type { BoardView } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import { boardCounters, readCatalogue } from '@ringdown/db/postgres'
import { startOfDay } from '../acd/day.ts'
import type { WaitEstimates } from '../acd/wait-estimates.ts'
import type { Foundation } from '../foundation.ts'
import { agentCounts, agentRow } from './agent-rows.ts'
import { createSettledDrift } from './settled-drift.ts'
import { waitingCallers } from './waiting-callers.ts'

export type ComposeBoardParts = Pick<Foundation, 'acd' | 'agents' | 'live' | 'sql' | 'clock'> & { waits: WaitEstimates }

/**
 * The supervisor's live board: figures from the ledger's projections in PostgreSQL, callers and agents from the live
 * stores. `drift` of each queue is what does not add up in the ledger, and between ledger and line; it must read 0.
 */
export function createComposeBoard(parts: ComposeBoardParts): () => Promise<BoardView> {
  const { acd, agents, live, sql, clock, waits } = parts
  const settledDrift = createSettledDrift()
  return async () => {
    const at = clock()
    const [catalogue, records] = await Promise.all([readCatalogue(sql), agents.readAll()])
    const dayStart = startOfDay(at, catalogue.timeZone)
    const [figures, errors, lines] = await Promise.all([
      boardCounters(sql, { dayStart, now: at }),
      waits.errors(),
      Promise.all(catalogue.queues.map(({ id }) => acd.line(id))),
    ])
    const contacts = await readContacts(live, records, lines.flat())
    const queues = figures.map(async (tile) => {
      const waiting = lines[catalogue.queues.findIndex(({ id }) => id === tile.id)]?.length ?? 0
      const drift = tile.drift + settledDrift(tile.id, tile.waiting - waiting, at)
      const ewtMs = await waits.at(tile.id, waiting + 1)
      const error = errors.get(tile.id)
      return {
        ...tile,
        drift,
        ewtMs,
        ewtErrorMs: error?.meanErrorMs ?? null,
        ewtReliable: isReliable(error),
        agents: agentCounts(records, tile.id),
      }
    })
    return {
      at,
      queues: await Promise.all(queues),
      callers: lines.flatMap((line) => waitingCallers(line, contacts, records)),
      agents: catalogue.agents.map(({ id, name }) =>
        agentRow(
          { id, name },
          records.find((agent) => agent.agentId === id),
          contacts,
        ),
      ),
    }
  }
}

async function readContacts(
  live: Foundation['live'],
  agents: readonly AgentRecord[],
  line: readonly { entry: { contactId: ContactId } }[],
): Promise<Map<ContactId, LiveContact>> {
  const ids = new Set(line.map(({ entry }) => entry.contactId))
  for (const { work } of agents) if (work.state !== 'idle') ids.add(work.contactId)
  return new Map((await live.readMany([...ids])).map((contact) => [contact.contactId, contact]))
}
