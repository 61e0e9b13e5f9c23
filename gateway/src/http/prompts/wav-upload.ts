import { readWav } from '@ringdown/core/sound'

const PCM = 1
const EXTENSIBLE = 0xfffe
const RATES = [8_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000]

/** What keeps a file from being played to callers, in a sentence; null: nothing. Expects RIFF WAVE, 16-bit PCM, mono or stereo. */
export function whatIsWrongWith(file: Buffer): string | null {
  const wav = readWav(file)
  if (!wav) return 'This is no WAV file; export the recording as WAV, 16 bit PCM.'
  if (!wav.format) return 'The WAV file says nothing of its format; export it again.'
  const { coding, channels, rateHz, bits } = wav.format
  if ((coding !== PCM && coding !== EXTENSIBLE) || bits !== 16)
    return 'The WAV file is not 16 bit PCM; export it as such.'
  if (channels !== 1 && channels !== 2) return `The WAV file has ${channels} channels; mono or stereo is needed.`
  if (!RATES.includes(rateHz)) return `The WAV file has ${rateHz} Hz; use one of ${RATES.join(', ')}.`
  return (wav.data?.length ?? 0) >= rateHz / 50 ? null : 'The WAV file holds no sound.'
}
