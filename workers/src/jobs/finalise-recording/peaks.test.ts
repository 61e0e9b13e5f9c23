import { expect, it } from 'vitest'
import { peaksOf } from './peaks.ts'

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
