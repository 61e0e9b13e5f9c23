import { describe, expect, it } from 'vitest'
import { parseWav } from '../codec/wav.ts'
import { BackgroundFile, type Problem, type Sink } from './background-file.ts'
import { WavFormat } from './wav-format.ts'

/** A disk in memory whose writes wait until they are let go. */
function slowDisk() {
  let file = Buffer.alloc(0)
  let gate = Promise.withResolvers<void>()
  const sink: Sink = {
    async write(data, offset, length, position) {
      await gate.promise
      const grown = Buffer.alloc(Math.max(file.length, position + length))
      file.copy(grown)
      grown.set(data.subarray(offset, offset + length), position)
      file = grown
      return { bytesWritten: length }
    },
    async truncate(length) {
      const resized = Buffer.alloc(length)
      file.copy(resized)
      file = resized
    },
    async close() {},
  }
  return {
    sink,
    letGo: () => gate.resolve(),
    breakDown: () => {
      gate.promise.catch(() => {})
      gate.reject(new Error('ENOSPC: no space left on device'))
      gate = Promise.withResolvers()
    },
    read: () => file,
  }
}

const second = (value: number) => Buffer.from(new Int16Array(16_000).fill(value).buffer)
const wavFile = (sink: Sink, onProblem: Problem) => new BackgroundFile(sink, new WavFormat(), 70_000, onProblem)

describe('file of a recording', () => {
  it('[RC9] drops what a slow disk cannot take, tells it once, and keeps everything else in its place', async () => {
    const disk = slowDisk()
    const problems: unknown[] = []
    const file = wavFile(disk.sink, (fatal, message) => problems.push([fatal, message]))
    for (const value of [1, 2, 3, 4]) file.append(second(value))
    expect(problems).toEqual([[false, expect.stringContaining('too slow')]])
    disk.letGo()
    await new Promise((resolve) => setImmediate(resolve))
    file.append(second(5))
    await file.close()
    const { samples } = parseWav(disk.read())
    expect([0, 1, 2, 3, 4].map((i) => samples[i * 16_000 + 5])).toEqual([1, 2, 0, 0, 5])
    expect(samples).toHaveLength(5 * 16_000)
    expect(file.lost).toBe(2 * 32_000)
  })

  it('[RC10] tells once when the disk fails, and stays quiet after', async () => {
    const disk = slowDisk()
    const problems: unknown[] = []
    const file = wavFile(disk.sink, (fatal, message) => problems.push([fatal, message]))
    file.append(second(1))
    disk.breakDown()
    await new Promise((resolve) => setImmediate(resolve))
    file.append(second(2))
    expect(problems).toEqual([[true, expect.stringContaining('ENOSPC')]])
    expect(file.lost).toBe(2 * 32_000)
  })

  it('[RC9] writes what gathered meanwhile in one go', async () => {
    const disk = slowDisk()
    const places: number[] = []
    const sink: Sink = {
      ...disk.sink,
      write(...given) {
        places.push(given[3])
        return disk.sink.write(...given)
      },
    }
    const file = new BackgroundFile(sink, new WavFormat(), 1_000_000, () => {})
    for (const value of [1, 2, 3, 4, 5]) file.append(second(value))
    disk.letGo()
    await file.close()
    // the first, its header, the four others, their header, the last header
    expect(places).toEqual([44, 0, 44 + 32_000, 0, 0])
    const { samples } = parseWav(disk.read())
    expect([0, 1, 2, 3, 4].map((i) => samples[i * 16_000 + 5])).toEqual([1, 2, 3, 4, 5])
  })

  it('[RC9] keeps no more than two writes of a hanging disk under way, for all files together', async () => {
    const disk = slowDisk()
    let under = 0
    let most = 0
    const sink: Sink = {
      ...disk.sink,
      async write(...given) {
        most = Math.max(most, ++under)
        return disk.sink.write(...given).finally(() => under--)
      },
    }
    const files = [1, 2, 3, 4, 5].map(() => wavFile(sink, () => {}))
    for (const file of files) file.append(second(1))
    await new Promise((resolve) => setImmediate(resolve))
    expect(under).toBe(2)
    disk.letGo()
    await Promise.all(files.map((file) => file.close()))
    expect([under, most]).toEqual([0, 2])
  })
})
