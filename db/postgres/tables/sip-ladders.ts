import type { LadderMessage } from '@ringdown/core/contract'
import type { ContactId } from '@ringdown/core/kernel'
import type { z } from 'zod'
import { type ISql, jsonb } from '../client.ts'

export type Ladder = z.infer<typeof LadderMessage>[]

/** Keeps the SIP messages of a call, in order; a later, longer capture replaces an earlier one. */
export async function saveLadder(sql: ISql, contactId: ContactId, messages: Readonly<Ladder>): Promise<void> {
  await sql`
    insert into sip_ladders (contact_id, messages) values (${contactId}, ${jsonb(sql, messages)})
    on conflict (contact_id) do update set messages = excluded.messages`
}

/** Undefined: none was captured. */
export async function findLadder(sql: ISql, contactId: ContactId): Promise<Ladder | undefined> {
  const [row] = await sql<{ messages: Ladder }[]>`select messages from sip_ladders where contact_id = ${contactId}`
  return row?.messages
}
