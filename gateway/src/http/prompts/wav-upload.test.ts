import { expect, it } from 'vitest'
import { whatIsWrongWith } from './wav-upload.ts'

function wav({ coding = 1, channels = 1, rate = 8_000, bits = 16, frames = 800 } = {}): Buffer {
  const file = Buffer.alloc(44 + frames * 2)
  file.write('RIFF', 0, 'latin1')
  file.write('WAVEfmt ', 8, 'latin1')
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(coding, 20)
  file.writeUInt16LE(channels, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt16LE(bits, 34)
  file.write('data', 36, 'latin1')
  file.writeUInt32LE(frames * 2, 40)
  return file
}

it.each([[wav()], [wav({ channels: 2, rate: 48_000, frames: 9_600 })]])(
  'takes what the media server can play',
  (file) => {
    expect(whatIsWrongWith(file)).toBeNull()
  },
)

it.each([
  [Buffer.from('ID3 an mp3 file that was only renamed to end in .wav'), /no WAV/],
  [wav({ coding: 6 }), /16 bit PCM/],
  [wav({ bits: 24 }), /16 bit PCM/],
  [wav({ channels: 6 }), /6 channels/],
  [wav({ rate: 11_025 }), /11025 Hz/],
  [wav({ frames: 0 }), /no sound/],
])('says what is wrong with the rest', (file, words) => {
  expect(whatIsWrongWith(file)).toMatch(words)
})
