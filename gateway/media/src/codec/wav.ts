const PCM = 1
const EXTENSIBLE = 0xfffe

/** A decoded WAV file: interleaved 16-bit samples. */
export type Wav = { sampleRate: number; channels: number; samples: Int16Array }

/** Reads a 16-bit PCM WAV file. Throws an Error that says what is wrong with it. */
export function parseWav(file: Buffer): Wav {
  if (file.length < 12 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error('not a WAV file')
  }
  let format: { channels: number; sampleRate: number } | undefined
  for (let at = 12; at + 8 <= file.length; ) {
    const id = file.toString('latin1', at, at + 4)
    const length = file.readUInt32LE(at + 4)
    const body = file.subarray(at + 8, at + 8 + length)
    if (id === 'fmt ') format = parseFormat(body)
    if (id === 'data') {
      if (!format) throw new Error('the data comes before the format')
      return { ...format, samples: toSamples(body, format.channels) }
    }
    at += 8 + length + (length % 2)
  }
  throw new Error('no audio data')
}

/** The 44 bytes before 16-bit PCM. @param dataBytes length of what follows */
export function wavHeader(sampleRate: number, channels: number, dataBytes: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + dataBytes, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(PCM, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(dataBytes, 40)
  return header
}

function parseFormat(body: Buffer): { channels: number; sampleRate: number } {
  if (body.length < 16) throw new Error('truncated format')
  const tag = body.readUInt16LE(0)
  const channels = body.readUInt16LE(2)
  const sampleRate = body.readUInt32LE(4)
  const bits = body.readUInt16LE(14)
  if ((tag !== PCM && tag !== EXTENSIBLE) || bits !== 16) throw new Error('only 16-bit PCM can be played')
  if (channels < 1 || channels > 2) throw new Error(`${channels} channels: only mono and stereo can be played`)
  if (sampleRate < 8_000 || sampleRate > 192_000) throw new Error(`${sampleRate} Hz cannot be played`)
  return { channels, sampleRate }
}

function toSamples(body: Buffer, channels: number): Int16Array {
  const count = Math.floor(body.length / 2 / channels) * channels
  const samples = new Int16Array(count)
  for (let i = 0; i < count; i++) samples[i] = body.readInt16LE(i * 2)
  return samples
}
