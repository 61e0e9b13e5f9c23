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

/** Reads a mono 16-bit WAV file. A data length beyond the end (a stream's unknown length) means all there is. */
export function fromWav(file: Buffer): Sound {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE')
    throw new Error('not a WAV file')
  let rate: number | undefined
  for (let at = 12; at + 8 <= file.length; ) {
    const [id, length] = [file.toString('latin1', at, at + 4), file.readUInt32LE(at + 4)]
    const body = file.subarray(at + 8, at + 8 + length)
    if (id === 'fmt ') {
      const [coding, channels, bits] = [body.readUInt16LE(0), body.readUInt16LE(2), body.readUInt16LE(14)]
      if (coding !== 1 || channels !== 1 || bits !== 16) throw new Error('not a mono 16-bit PCM WAV file')
      rate = body.readUInt32LE(4)
    }
    if (id === 'data') {
      if (rate === undefined) throw new Error('a WAV file without a format')
      return {
        rate,
        samples: Float64Array.from({ length: body.length >> 1 }, (_, i) => body.readInt16LE(i * 2) / 32768),
      }
    }
    at += 8 + length + (length & 1)
  }
  throw new Error('a WAV file without samples')
}
