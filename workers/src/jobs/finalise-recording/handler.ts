import { resolve, sep } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { readWav } from '@ringdown/core/sound'
import { findPeaks, findRecording, savePeaks } from '@ringdown/db/postgres'
import { openRecording } from '@ringdown/db/recordings'
import type { JobHandler } from '../job-handler.ts'
import { peaksOf } from './peaks.ts'

/** Stretches the player draws; fine enough for a wide screen. */
const BUCKETS = 800

/** Measures the peaks of a finished recording, so that the player can draw it without loading it. */
export const finaliseRecording: JobHandler<'finalise-recording'> = async ({ recordingId }, shop) => {
  const { sql, recordingDir, recordingKeys } = shop
  const recording = await findRecording(sql, recordingId)
  if (!recording || recording.failed || (await findPeaks(sql, recordingId))) return
  const path = resolve(recordingDir, recording.path)
  if (!path.startsWith(recordingDir + sep))
    throw new Error(`recording ${recordingId} lies outside the folder of recordings`)
  await using file = await openRecording(path, recordingKeys)
  const data = readWav(await buffer(file.read(0, file.bytes)))?.data
  if (!data) throw new Error(`recording ${recordingId} is not a WAV file`)
  await savePeaks(sql, recordingId, peaksOf(data, BUCKETS))
}
