import { pipeline } from 'node:stream/promises'
import type { OpenRecording } from '@ringdown/db/recordings'
import type { Request, Response } from 'express'

/**
 * Sends a recording, or the range that was asked for (RFC 9110 14): players seek by it. Of several ranges the first is
 * sent. A listener who leaves is no error; throws when the file cannot be read.
 */
export async function sendRecording(req: Request, res: Response, recording: OpenRecording): Promise<void> {
  const { bytes } = recording
  res.set({ 'cache-control': 'private, no-store', 'content-type': 'audio/wav', 'accept-ranges': 'bytes' })
  const ranges = req.range(bytes, { combine: true })
  if (ranges === -1) {
    res.status(416).set('content-range', `bytes */${bytes}`).end()
    return
  }
  const range = Array.isArray(ranges) && ranges.type === 'bytes' ? ranges[0] : undefined
  const { start, end } = range ?? { start: 0, end: bytes - 1 }
  if (range) res.status(206).set('content-range', `bytes ${start}-${end}/${bytes}`)
  res.set('content-length', String(end + 1 - start))
  if (req.method === 'HEAD') {
    res.end()
    return
  }
  await pipeline(recording.read(start, end + 1), res).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  })
}
