import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import type { OpenRecording } from '@ringdown/db/recordings'
import express from 'express'
import { expect, it } from 'vitest'
import { sendRecording } from './send-recording.ts'

const audio = Buffer.from(Uint8Array.from({ length: 1_000 }, (_, i) => i % 251))

/** Asks for a recording by HTTP, as a player does. */
async function ask(
  range: string | undefined,
  { method = 'GET', read = (from: number, to: number) => Readable.from([audio.subarray(from, to)]) } = {},
): Promise<{ status: number; headers: Headers; body: Buffer }> {
  const recording: OpenRecording = { bytes: audio.length, read, async [Symbol.asyncDispose]() {} }
  const app = express().get('/', (req, res) => void sendRecording(req, res, recording).catch(() => res.destroy()))
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/`, { method, headers: range ? { range } : {} })
    return { status: response.status, headers: response.headers, body: Buffer.from(await response.arrayBuffer()) }
  } finally {
    server.closeAllConnections()
    server.close()
  }
}

it.each([
  { range: undefined, status: 200, from: 0, to: 1_000 },
  { range: 'bytes=0-', status: 206, from: 0, to: 1_000 },
  { range: 'bytes=100-199', status: 206, from: 100, to: 200 },
  { range: 'bytes=900-5000', status: 206, from: 900, to: 1_000 },
  { range: 'bytes=-10', status: 206, from: 990, to: 1_000 },
  { range: 'words=1-2', status: 200, from: 0, to: 1_000 },
])('answers $range with $status', async ({ range, status, from, to }) => {
  const response = await ask(range)
  expect(response.status).toBe(status)
  expect(response.body).toEqual(audio.subarray(from, to))
  expect(response.headers.get('content-range')).toBe(status === 206 ? `bytes ${from}-${to - 1}/1000` : null)
  expect(response.headers.get('cache-control')).toContain('no-store')
})

it('refuses a range behind the end, and names the length', async () => {
  const response = await ask('bytes=2000-')
  expect([response.status, response.headers.get('content-range')]).toEqual([416, 'bytes */1000'])
})

it('answers HEAD with the length and nothing else', async () => {
  const response = await ask(undefined, { method: 'HEAD' })
  expect([response.headers.get('content-length'), response.body.length]).toEqual(['1000', 0])
})

it('breaks off when the file turns out to be damaged', async () => {
  async function* broken() {
    yield audio.subarray(0, 500)
    throw new Error('chunk 1 of the recording is damaged')
  }
  await expect(ask(undefined, { read: () => Readable.from(broken(), { objectMode: false }) })).rejects.toThrow()
})
