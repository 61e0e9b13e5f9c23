import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { RecordingId } from '@ringdown/core/kernel'
import type { Peaks } from '../postgres/index.ts'
import type { DemoCall } from './calls/index.ts'
import type { Random } from './random.ts'
import { peaksOfSamples, stereoWav, twoVoices } from './two-voices.ts'

const recordingCount = 12
const rate = 8_000

export type DemoRecording = { id: RecordingId; peaks: Peaks }

/**
 * Records the beginning of the latest answered calls: real stereo WAV files below `recordingDir` (left the caller, right
 * the agent), 8 to 20 seconds so that the demo stays small, with the events in the calls' logs.
 */
export async function demoRecordings(
  calls: readonly DemoCall[],
  recordingDir: string,
  random: Random,
): Promise<DemoRecording[]> {
  const talks = calls.flatMap(({ log, talk }) => (talk ? [{ log, talk }] : [])).slice(-recordingCount)
  return Promise.all(
    talks.map(async ({ log, talk }) => {
      const id = RecordingId.parse(random.uuid())
      const durationMs = random.int(8_000, 20_000)
      const samples = twoVoices(random, (durationMs * rate) / 1000)
      const wav = stereoWav(samples, rate)
      const path = `demo/${id}.wav`
      log.add('recording_started', talk.startedAt + 5, { recordingId: id, segmentId: talk.segmentId, path })
      log.add('recording_ended', talk.startedAt + 5 + durationMs, {
        recordingId: id,
        segmentId: talk.segmentId,
        durationMs,
        bytes: wav.length,
        sha256: createHash('sha256').update(wav).digest('hex'),
        failed: false,
      })
      const file = join(recordingDir, path)
      await mkdir(dirname(file), { recursive: true })
      await writeFile(file, wav)
      return { id, peaks: peaksOfSamples(samples, 800) }
    }),
  )
}
