import { expect, it } from 'vitest'
import { readWav } from './read-wav.ts'

const text = (letters: string) => Uint8Array.from(letters, (letter) => letter.charCodeAt(0))
const number = (value: number, bytes: number) => Uint8Array.from({ length: bytes }, (_, i) => (value >> (8 * i)) & 255)
const chunk = (id: string, body: Uint8Array, size = body.length) =>
  join(text(id), number(size, 4), body, new Uint8Array(size === body.length ? size % 2 : 0))
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]))
const wave = (...chunks: Uint8Array[]) => join(text('RIFF'), number(0, 4), text('WAVE'), ...chunks)

const stereo = chunk('fmt ', join(number(1, 2), number(2, 2), number(16_000, 4), new Uint8Array(6), number(16, 2)))
const samples = Uint8Array.of(1, 2, 3, 4)

it('finds format and samples among other chunks, odd ones too', () => {
  const wav = readWav(
    wave(chunk('LIST', text('odd')), stereo, chunk('fact', new Uint8Array(4)), chunk('data', samples)),
  )
  expect(wav).toEqual({ format: { coding: 1, channels: 2, rateHz: 16_000, bits: 16 }, data: samples })
})

it('takes what is there where the header promises more, and the first where there are two', () => {
  expect(readWav(wave(stereo, chunk('data', samples, 4_000_000_000)))?.data).toEqual(samples)
  expect(readWav(wave(chunk('data', samples), chunk('data', new Uint8Array(2))))?.data).toEqual(samples)
})

it('gives a part of the file as the kind it is', () => {
  const file = Buffer.from(wave(stereo, chunk('data', samples)))
  const data = readWav(file)?.data
  expect(data?.readUInt8(3)).toBe(4)
  expect(data?.buffer).toBe(file.buffer)
})

it.each([
  ['nothing', new Uint8Array()],
  ['too little', text('RIFF')],
  ['something else', text('ID3 an mp3 file that was renamed')],
])('knows that %s is no WAV file', (_, file) => {
  expect(readWav(file)).toBeUndefined()
})

it('says where format or samples are missing', () => {
  expect(readWav(wave())).toEqual({ format: undefined, data: undefined })
  expect(readWav(wave(chunk('fmt ', number(1, 2))))?.format).toBeUndefined()
})
