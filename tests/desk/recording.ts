import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ContactView } from '@ringdown/core/contract'
import { frameMs, frameOf } from '../sip/audio/frames.ts'
import { tonesOf } from '../sip/audio/segments.ts'
import { readWav } from '../sip/index.ts'
import type { Api } from './api.ts'
import { until } from './until.ts'

/** Frequencies of tones that lasted, rounded to 10 Hz, each once. */
export type Tones = { customer: number[]; agent: number[] }

const lastsMs = 300

/** Waits until the workers have finished the recording of a call, fetches it as its user and says which tones are in it. */
export async function tonesRecorded(api: Api, { id: contactId }: Pick<ContactView, 'id'>): Promise<Tones> {
  const recording = await until('a finished recording', async () => {
    const { recordings } = await api.call('readContact', { params: { contactId } })
    return recordings.find(({ state }) => state === 'ready')
  })
  const response = await api.fetch(`/api/recordings/${recording.id}/audio`)
  if (!response.ok) throw new Error(`the recording is refused: ${response.status} ${await response.text()}`)
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-recording-'))
  try {
    const path = join(dir, 'call.wav')
    await writeFile(path, Buffer.from(await response.arrayBuffer()))
    const [customer = new Int16Array(), agent = new Int16Array()] = (await readWav(path)).channels
    return { customer: tonesIn(customer), agent: tonesIn(agent) }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}

function tonesIn(samples: Int16Array): number[] {
  const length = (8000 * frameMs) / 1000
  const frames = Array.from({ length: Math.floor(samples.length / length) }, (_, i) =>
    frameOf(samples.subarray(i * length, (i + 1) * length), i * frameMs),
  )
  const lasting = tonesOf(frames).filter(
    (segment) => segment.what === 'tone' && segment.toMs - segment.fromMs >= lastsMs,
  )
  const pitches = lasting.map((segment) => (segment.what === 'tone' ? Math.round(segment.frequency / 10) * 10 : 0))
  return [...new Set(pitches)].toSorted((a, b) => a - b)
}
