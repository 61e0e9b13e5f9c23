import { resolve, sep } from 'node:path'
import { RecordingId } from '@ringdown/core/kernel'
import { appendAudit, findRecording } from '@ringdown/db/postgres'
import { openRecording } from '@ringdown/db/recordings'
import type { Express } from 'express'
import type { Foundation } from '../../foundation.ts'
import { mayHearRecording } from '../../policies/recordings.ts'
import { notFound } from '../refusals.ts'
import { refuse } from '../refuse.ts'
import { sendRecording } from './send-recording.ts'

/** GET /api/recordings/{recordingId}/audio: the WAV, unsealed, with ranges, for those allowed; every first byte is written down. */
export function bindRecordingAudio(app: Express, { sql, config }: Pick<Foundation, 'sql' | 'config'>): void {
  app.get('/api/recordings/:recordingId/audio', async (req, res, next) => {
    if (!req.caller) return refuse(res, { code: 'not_signed_in', message: 'Sign in first.' })
    const id = RecordingId.safeParse(req.params.recordingId)
    const recording = id.success ? await findRecording(sql, id.data) : undefined
    if (!recording) return refuse(res, notFound('recording'))
    if (!(await mayHearRecording(sql, req.caller, recording.contactId))) {
      return refuse(res, {
        code: 'forbidden',
        message: 'Recordings are heard by supervisors and by the agent who spoke.',
      })
    }
    const path = resolve(config.recordingDir, recording.path)
    if (!path.startsWith(config.recordingDir + sep)) return refuse(res, notFound('recording'))
    try {
      await using file = await openRecording(path, config.recordingKeys)
      if (startsAtZero(req.get('range'))) {
        await appendAudit(sql, {
          userId: req.caller.userId,
          action: 'recording.played',
          subjectId: recording.id,
          details: {},
        })
      }
      await sendRecording(req, res, file)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        return refuse(res, notFound('recording file'))
      }
      next(error)
    }
  })
}

const startsAtZero = (range: string | undefined): boolean => range === undefined || range.startsWith('bytes=0-')
