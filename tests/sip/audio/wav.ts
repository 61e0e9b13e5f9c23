import { readFile, writeFile } from 'node:fs/promises'
import { sampleRate } from './sources.ts'

/** Writes 16-bit 8 kHz PCM; several channels are interleaved and padded to the longest. */
export async function writeWav(path: string, ...channels: Int16Array[]): Promise<void> {
  const frames = Math.max(...channels.map((c) => c.length))
  const data = Buffer.alloc(frames * channels.length * 2)
  channels.forEach((channel, c) => {
    for (const [i, sample] of channel.entries()) data.writeInt16LE(sample, (i * channels.length + c) * 2)
  })
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + data.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(channels.length, 22)
  head.writeUInt32LE(sampleRate, 24)
  head.writeUInt32LE(sampleRate * channels.length * 2, 28)
  head.writeUInt16LE(channels.length * 2, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(data.length, 40)
  await writeFile(path, Buffer.concat([head, data]))
}

export type Wav = { rate: number; channels: Int16Array[] }

/** Reads 16-bit PCM of any rate and number of channels; throws an Error that names the file. */
export async function readWav(path: string): Promise<Wav> {
  const file = await readFile(path)
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error(`${path} is not a WAV file`)
  let format: { coding: number; channels: number; rate: number; bits: number } | undefined
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4)
    const size = file.readUInt32LE(at + 4)
    const body = file.subarray(at + 8, at + 8 + size)
    if (id === 'fmt ')
      format = {
        coding: body.readUInt16LE(0),
        channels: body.readUInt16LE(2),
        rate: body.readUInt32LE(4),
        bits: body.readUInt16LE(14),
      }
    if (id === 'data' && format) {
      const pcm = (format.coding === 1 || format.coding === 0xfffe) && format.bits === 16
      if (!pcm) throw new Error(`${path}: only 16-bit PCM is understood`)
      return { rate: format.rate, channels: deinterleave(body, format.channels) }
    }
    at += 8 + size + (size % 2)
  }
  throw new Error(`${path} has no audio in it`)
}

/** A file as the phone can send it: its channels mixed to one, at 8 kHz. */
export async function readForPhone(path: string): Promise<Int16Array> {
  const { rate, channels } = await readWav(path)
  const length = Math.floor(((channels[0]?.length ?? 0) * sampleRate) / rate)
  return Int16Array.from({ length }, (_, i) => {
    const at = (i * rate) / sampleRate
    const whole = Math.floor(at)
    const mixed = (n: number) => channels.reduce((sum, c) => sum + (c[n] ?? 0), 0) / channels.length
    return mixed(whole) + (mixed(whole + 1) - mixed(whole)) * (at - whole)
  })
}

function deinterleave(body: Buffer, channels: number): Int16Array[] {
  const frames = Math.floor(body.length / (2 * channels))
  return Array.from({ length: channels }, (_, c) =>
    Int16Array.from({ length: frames }, (_, i) => body.readInt16LE((i * channels + c) * 2)),
  )
}
