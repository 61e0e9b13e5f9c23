import type { RecordingView } from '@ringdown/core/contract'
import type { ContactId, RecordingId, SegmentId } from '@ringdown/core/kernel'
import { type ISql, jsonb } from '../client.ts'
import { upsertRows } from '../upsert-rows.ts'

export type Recording = {
  id: RecordingId
  contactId: ContactId
  segmentId: SegmentId
  /** Below the folder of recordings. */
  path: string
  startedAt: number
  endedAt: number | null
  durationMs: number
  bytes: number
  sha256: string | null
  failed: boolean
}

/** Loudest samples of equal stretches as −1…1 pairs (lowest, highest), a list per channel. */
export type Peaks = { left: number[]; right: number[] }

export async function findRecording(sql: ISql, id: RecordingId): Promise<Recording | undefined> {
  const [row] = await sql<Recording[]>`
    select id, contact_id, segment_id, path, started_at, ended_at, duration_ms, bytes, sha256, failed
    from recordings where id = ${id}`
  return row
}

/** The recordings of a contact, in order; `ready` once their peaks are measured. */
export async function listRecordings(sql: ISql, contactId: ContactId): Promise<RecordingView[]> {
  return sql<RecordingView[]>`
    select r.id, r.segment_id, r.started_at, r.duration_ms, r.bytes, r.sha256,
      case when r.failed then 'failed'
        when r.ended_at is null then 'recording'
        when p.recording_id is null then 'finalising'
        else 'ready' end as state
    from recordings r left join recording_peaks p on p.recording_id = r.id
    where r.contact_id = ${contactId} order by r.started_at, r.id`
}

export async function findPeaks(sql: ISql, id: RecordingId): Promise<(Peaks & { durationMs: number }) | undefined> {
  const [row] = await sql<(Peaks & { durationMs: number })[]>`
    select r.duration_ms, p.left_peaks as "left", p.right_peaks as "right"
    from recording_peaks p join recordings r on r.id = p.recording_id where r.id = ${id}`
  return row
}

/** Makes a recording ready. */
export async function savePeaks(sql: ISql, id: RecordingId, { left, right }: Peaks): Promise<void> {
  await sql`
    insert into recording_peaks (recording_id, left_peaks, right_peaks)
    values (${id}, ${jsonb(sql, left)}, ${jsonb(sql, right)})
    on conflict (recording_id) do update set left_peaks = excluded.left_peaks, right_peaks = excluded.right_peaks`
}

export async function saveRecordings(sql: ISql, recordings: readonly Recording[]): Promise<void> {
  await upsertRows(sql, 'recordings', recordings)
}
