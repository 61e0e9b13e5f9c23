import type { UserId } from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'

/** One deed that somebody may ask about later: `user.changed`, `recording.played`, `session.refused` … */
export type AuditEntry = {
  userId: UserId | null
  action: string
  subjectId: string | null
  /** Without secrets. */
  details: Record<string, unknown>
}

export async function appendAudit(sql: ISql, { details, ...entry }: AuditEntry): Promise<void> {
  await sql`insert into audit_log ${sql({ ...entry, details: jsonb(sql, details) })}`
}

/** The latest entries, newest first; of one subject if given. */
export async function listAudit(
  sql: ISql,
  { subjectId, limit }: { subjectId?: string; limit: number },
): Promise<(AuditEntry & { at: number })[]> {
  return sql<(AuditEntry & { at: number })[]>`
    select at, user_id, action, subject_id, details from audit_log
    where ${subjectId === undefined ? sql`true` : sql`subject_id = ${subjectId}`}
    order by at desc, id desc limit ${limit}`
}
