const PCM = 1
const EXTENSIBLE = 0xfffe
const RATES = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

/** What keeps a file from being played to callers, in a sentence; null: nothing. Expects RIFF WAVE, 16-bit PCM, mono or stereo. */
export function whatIsWrongWith(file: Buffer): string | null {
  if (file.length < 44 || file.toString('latin1', 0, 4) !== 'RIFF' || file.toString('latin1', 8, 12) !== 'WAVE') {
    return 'This is no WAV file; export the recording as WAV, 16 bit PCM.'
  }
  const format = chunk(file, 'fmt ')
  if (!format || format.length < 16) return 'The WAV file says nothing of its format; export it again.'
  const [coding, channels, rate, bits] = [
    format.readUInt16LE(0),
    format.readUInt16LE(2),
    format.readUInt32LE(4),
    format.readUInt16LE(14),
  ]
  if ((coding !== PCM && coding !== EXTENSIBLE) || bits !== 16)
    return 'The WAV file is not 16 bit PCM; export it as such.'
  if (channels !== 1 && channels !== 2) return `The WAV file has ${channels} channels; mono or stereo is needed.`
  if (!RATES.includes(rate)) return `The WAV file has ${rate} Hz; use one of ${RATES.join(', ')}.`
  return (chunk(file, 'data')?.length ?? 0) >= rate / 50 ? null : 'The WAV file holds no sound.'
}

function chunk(file: Buffer, id: string): Buffer | undefined {
  for (let at = 12; at + 8 <= file.length; ) {
    const size = file.readUInt32LE(at + 4)
    if (file.toString('latin1', at, at + 4) === id) return file.subarray(at + 8, at + 8 + size)
    at += 8 + size + (size % 2)
  }
  return undefined
}
