import { readFile } from 'node:fs/promises'
import { resolve, sep } from 'node:path'
import { findPeaks, findRecording, savePeaks } from '@ringdown/db/postgres'
import type { JobHandler } from '../job-handler.ts'
import { dataChunk, peaksOf } from './peaks.ts'

/** Stretches the player draws; fine enough for a wide screen. */
const BUCKETS = 800

/** Measures the peaks of a finished recording, so that the player can draw it without loading it. */
export const finaliseRecording: JobHandler<'finalise-recording'> = async ({ recordingId }, { sql, recordingDir }) => {
  const recording = await findRecording(sql, recordingId)
  if (!recording || recording.failed || (await findPeaks(sql, recordingId))) return
  const path = resolve(recordingDir, recording.path)
  if (!path.startsWith(recordingDir + sep))
    throw new Error(`recording ${recordingId} lies outside the folder of recordings`)
  const data = dataChunk(await readFile(path))
  if (!data) throw new Error(`recording ${recordingId} is not a WAV file`)
  await savePeaks(sql, recordingId, peaksOf(data, BUCKETS))
}
