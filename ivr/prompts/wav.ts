import { readWav } from '@ringdown/core/sound'

/** Telephone speech: 8 kHz, mono, 16 bit. */
export const telephoneRate = 8000

export type Sound = { rate: number; samples: Float64Array }

/** Writes samples of -1 to 1 as a mono 16-bit WAV file; louder ones are clipped. */
export function toWav({ rate, samples }: Sound): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.length * 2, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20) // PCM
  header.writeUInt16LE(1, 22) // mono
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.length * 2, 40)
  const body = Buffer.alloc(samples.length * 2)
  samples.forEach((sample, i) => {
    body.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32767), i * 2)
  })
  return Buffer.concat([header, body])
}

/** Reads a mono 16-bit WAV file. */
export function fromWav(file: Buffer): Sound {
  const { format, data } = readWav(file) ?? {}
  if (!format || !data) throw new Error('not a WAV file, or one without sound')
  const { coding, channels, bits, rateHz: rate } = format
  if (coding !== 1 || channels !== 1 || bits !== 16) throw new Error('not a mono 16-bit PCM WAV file')
  return { rate, samples: Float64Array.from({ length: data.length >> 1 }, (_, i) => data.readInt16LE(i * 2) / 32768) }
}
