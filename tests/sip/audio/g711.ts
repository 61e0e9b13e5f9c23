/** G.711 (ITU-T G.711) both ways. The encoder picks the nearest decoded value, so it needs no rule of its own. */
export type Codec = 'pcma' | 'pcmu'

export function decode(payload: Uint8Array, codec: Codec): Int16Array {
  const table = decoders[codec]
  return Int16Array.from(payload, (code) => table[code]!)
}

export function encode(samples: Int16Array, codec: Codec): Buffer {
  const table = encoders[codec]
  return Buffer.from(Uint8Array.from(samples, (sample) => table[sample + 32768]!))
}

const decoders: Record<Codec, Int16Array> = {
  pcma: Int16Array.from({ length: 256 }, (_, code) => decodeALaw(code)),
  pcmu: Int16Array.from({ length: 256 }, (_, code) => decodeMuLaw(code)),
}

const encoders: Record<Codec, Uint8Array> = { pcma: invert(decoders.pcma), pcmu: invert(decoders.pcmu) }

function decodeALaw(code: number): number {
  const bits = code ^ 0x55
  const exponent = (bits & 0x70) >> 4
  const mantissa = (bits & 0x0f) << 4
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1)
  return bits & 0x80 ? magnitude : -magnitude
}

function decodeMuLaw(code: number): number {
  const bits = ~code
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84
  return bits & 0x80 ? -magnitude : magnitude
}

function invert(decoder: Int16Array): Uint8Array {
  const codes = [...decoder.keys()].sort((a, b) => decoder[a]! - decoder[b]!)
  const encoder = new Uint8Array(65_536)
  let nearest = 0
  for (let sample = -32_768; sample <= 32_767; sample++) {
    const distance = (i: number) => Math.abs(decoder[codes[i]!]! - sample)
    while (nearest + 1 < codes.length && distance(nearest + 1) <= distance(nearest)) nearest++
    encoder[sample + 32_768] = codes[nearest]!
  }
  return encoder
}
