import type { BusMessage } from '@ringdown/core/events'
import { type ISql, jsonb } from '../client.ts'

export type OutboxMessage = { id: number; message: BusMessage; createdAt: number }

/** The channel on which PostgreSQL tells that something was written: `sql.listen(OUTBOX_CHANNEL, wake)`. */
export const OUTBOX_CHANNEL = 'outbox'

/** To be called in the transaction of the change itself. Relays wake when it commits. */
export async function insertOutbox(sql: ISql, messages: readonly BusMessage[]): Promise<void> {
  if (messages.length === 0) return
  await sql`insert into outbox (message) select * from jsonb_array_elements(${jsonb(sql, messages)})`
}

/**
 * The oldest messages that were not relayed and that no other relay holds. Call it in a transaction, hand the messages
 * on, then `markRelayed` before the commit: a relay that dies lets go of them.
 */
export async function claimOutbox(sql: ISql, limit: number): Promise<OutboxMessage[]> {
  return sql<OutboxMessage[]>`
    select id, message, created_at from outbox where relayed_at is null
    order by id limit ${limit} for update skip locked`
}

export async function markRelayed(sql: ISql, ids: readonly number[]): Promise<void> {
  await sql`update outbox set relayed_at = now() where id = any(${[...ids]}::bigint[])`
}

/** @returns how many messages, relayed before this instant, were forgotten */
export async function deleteRelayed(sql: ISql, before: number): Promise<number> {
  const { count } = await sql`delete from outbox where relayed_at < ${before}`
  return count
}
