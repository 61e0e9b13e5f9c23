/** As the `fmt ` chunk says. */
export type WavFormat = {
  /** 1: PCM; 0xfffe: said elsewhere (WAVE_FORMAT_EXTENSIBLE) */
  coding: number
  channels: number
  rateHz: number
  /** Of one sample. */
  bits: number
}

/** What a WAV file holds; `data` is a part of the file, not a copy. */
export type Wav<File extends Uint8Array> = { format: WavFormat | undefined; data: File | undefined }

const HEAD = 8

/**
 * Finds format and samples of a RIFF WAVE file, whatever other chunks it has. A length that goes beyond the end of the
 * file, as streams write it, means all there is.
 * @returns undefined: it is no WAVE file
 */
export function readWav<File extends Uint8Array>(file: File): Wav<File> | undefined {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 12 || idAt(view, 0) !== 'RIFF' || idAt(view, 8) !== 'WAVE') return undefined
  const wav: Wav<File> = { format: undefined, data: undefined }
  for (let at = 12; at + HEAD <= file.length; ) {
    const id = idAt(view, at)
    const size = view.getUint32(at + 4, true)
    if (id === 'fmt ' && at + HEAD + 16 <= file.length && size >= 16) wav.format ??= formatAt(view, at + HEAD)
    if (id === 'data') wav.data ??= file.subarray(at + HEAD, at + HEAD + size) as File
    // Chunks begin at even places.
    at += HEAD + size + (size % 2)
  }
  return wav
}

const idAt = (view: DataView, at: number): string =>
  String.fromCharCode(...[0, 1, 2, 3].map((i) => view.getUint8(at + i)))

const formatAt = (view: DataView, at: number): WavFormat => ({
  coding: view.getUint16(at, true),
  channels: view.getUint16(at + 2, true),
  rateHz: view.getUint32(at + 4, true),
  bits: view.getUint16(at + 14, true),
})
