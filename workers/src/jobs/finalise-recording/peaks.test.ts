import { expect, it } from 'vitest'
import { dataChunk, peaksOf } from './peaks.ts'

const frames = (...pairs: [number, number][]): Buffer => {
  const data = Buffer.alloc(pairs.length * 4)
  pairs.forEach(([left, right], i) => {
    data.writeInt16LE(left, i * 4)
    data.writeInt16LE(right, i * 4 + 2)
  })
  return data
}

it('keeps the lowest and highest sample of each stretch, a list per channel', () => {
  const data = frames([16_384, 0], [-8_192, 0], [0, 32_767], [0, -32_768])
  expect(peaksOf(data, 2)).toEqual({ left: [-0.25, 0.5, 0, 0], right: [0, 0, -1, 1] })
})

it('makes no more stretches than there are frames, and one of silence for none', () => {
  expect(peaksOf(frames([1_000, -1_000]), 100).left).toHaveLength(2)
  expect(peaksOf(Buffer.alloc(0), 100)).toEqual({ left: [0, 0], right: [0, 0] })
})

it('finds the samples behind other chunks, and cuts a header that promises too much', () => {
  const chunk = (id: string, size: number, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.write(id, 'latin1')
    head.writeUInt32LE(size, 4)
    return Buffer.concat([head, body])
  }
  const samples = frames([1, 2])
  const wav = Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WAVE', 'latin1'),
    chunk('LIST', 3, Buffer.alloc(4)),
    chunk('data', 4_000, samples),
  ])
  expect(dataChunk(wav)).toEqual(samples)
  expect(dataChunk(Buffer.from('not a wave file'))).toBeUndefined()
})
