import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SealedFormat } from '../../gateway/media/src/recording/sealed-format.ts'
import { openRecording } from './open-recording.ts'
import { RecordingKeys } from './recording-keys.ts'
import { wavHeader } from './wav-header.ts'

const master = randomBytes(32)
const keys = RecordingKeys.parse(`${randomBytes(32).toString('base64')},${master.toString('base64')}`)
let dir: string

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'ringdown-open-recording-'))
})
afterAll(() => rm(dir, { recursive: true }))

/** A file as the media server writes it. */
function sealed(audio: Buffer): Buffer {
  const format = new SealedFormat(master)
  const pieces = [format.begin(), ...format.append(audio), ...format.end().pieces]
  return Buffer.concat(pieces.map(({ data }) => data))
}

async function save(file: Buffer): Promise<string> {
  const path = join(dir, randomBytes(8).toString('hex'))
  await writeFile(path, file)
  return path
}

async function read(path: string, from?: number, to?: number): Promise<Buffer> {
  await using recording = await openRecording(path, keys)
  return await buffer(recording.read(from ?? 0, to ?? recording.bytes))
}

const wavOf = (audio: Buffer) => Buffer.concat([wavHeader(8_000, 2, audio.length), audio])

describe('a recording', () => {
  it('that is sealed is read as a WAV, whole or any part of it', async () => {
    const audio = randomBytes(100_000)
    const wav = wavOf(audio)
    const path = await save(sealed(audio))
    expect(await read(path)).toEqual(wav)
    const place = fc.nat(wav.length)
    await fc.assert(
      fc.asyncProperty(place, place, async (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)]
        expect((await read(path, from, to)).equals(wav.subarray(from, to))).toBe(true)
      }),
      { numRuns: 60 },
    )
  })

  it.each([0, 1, 4_096, 8_192])('of %d bytes is whole', async (bytes) => {
    const audio = randomBytes(bytes)
    expect(await read(await save(sealed(audio)))).toEqual(wavOf(audio))
  })

  it('that is a plain WAV is read as it is', async () => {
    const wav = wavOf(randomBytes(1_000))
    const path = await save(wav)
    expect(await read(path)).toEqual(wav)
    expect(await read(path, 40, 60)).toEqual(wav.subarray(40, 60))
    expect(await read(path, 60, 60)).toEqual(Buffer.alloc(0))
  })

  it('whose writer was killed is read to the last whole chunk', async () => {
    const audio = randomBytes(3 * 4_096)
    const path = await save(sealed(audio).subarray(0, -1_000))
    expect(await read(path)).toEqual(wavOf(audio.subarray(0, 2 * 4_096)))
  })

  it('is refused without its key, and when it was changed', async () => {
    const file = sealed(randomBytes(20_000))
    const path = await save(file)
    await expect(openRecording(path, new Map())).rejects.toThrow(/sealed with a key that is not among the settings/)
    const damaged = Buffer.from(file)
    damaged[5_000]! ^= 1
    await expect(read(await save(damaged))).rejects.toThrow('chunk 1 of the recording is damaged')
    const forged = Buffer.from(file)
    forged[40]! ^= 1
    await expect(openRecording(await save(forged), keys)).rejects.toThrow('header of the recording is damaged')
  })

  it('keys of another length are refused', () => {
    expect(RecordingKeys.safeParse('c2hvcnQ=').success).toBe(false)
  })
})
