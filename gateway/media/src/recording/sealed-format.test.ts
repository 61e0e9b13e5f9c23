import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { unseal } from '../../test-kit/unseal.ts'
import { parseWav } from '../codec/wav.ts'
import type { Piece } from './background-file.ts'
import { SealedFormat } from './sealed-format.ts'

const masterKey = randomBytes(32)
const counting = (count: number) => Buffer.from(Uint16Array.from({ length: count }, (_, i) => i).buffer)

function written(pieces: Piece[], length = Math.max(...pieces.map(({ data, at }) => at + data.length))): Buffer {
  const file = Buffer.alloc(length)
  for (const { data, at } of pieces) file.set(data.subarray(0, length - at), at)
  return file
}

describe('sealed recording', () => {
  it('[RC12] opens with its master key and no other, and holds nothing of the audio in the clear', () => {
    const format = new SealedFormat(masterKey)
    const audio = counting(20_000)
    const pieces = [
      format.begin(),
      ...[0, 1, 2].flatMap((i) => format.append(audio.subarray(i * 10_001, (i + 1) * 10_001))),
    ]
    pieces.push(...format.append(audio.subarray(30_003)), ...format.end().pieces)
    const file = written(pieces)
    expect(Buffer.from(parseWav(unseal(file, masterKey)).samples.buffer)).toEqual(audio)
    expect(() => unseal(file, randomBytes(32))).toThrow()
    expect(file.includes(audio.subarray(5_000, 5_016))).toBe(false)
    const other = new SealedFormat(masterKey)
    expect(other.append(audio)[0]!.data).not.toEqual(new SealedFormat(masterKey).append(audio)[0]!.data)
  })

  it('[RC12] writes no byte twice, so that no nonce is used twice', () => {
    const format = new SealedFormat(masterKey)
    const pieces = [format.begin(), ...[1, 2, 3].flatMap(() => format.append(counting(3_000)))]
    const last = format.end()
    let end = 0
    for (const { data, at } of [...pieces, ...last.pieces]) {
      expect(at).toBe(end)
      end += data.length
    }
    expect(last.length).toBe(end)
  })

  it('[RC12] breaks its seal when a byte is changed or chunks are swapped', () => {
    const format = new SealedFormat(masterKey)
    const file = written([format.begin(), ...format.append(counting(8_192))])
    for (const place of [9, 30, 50, 100, 4_196]) {
      const changed = Buffer.from(file)
      changed[place]! ^= 1
      expect(() => unseal(changed, masterKey), `byte ${place}`).toThrow()
    }
    const swapped = Buffer.concat([
      file.subarray(0, 84),
      file.subarray(4_196, 8_308),
      file.subarray(84, 4_196),
      file.subarray(8_308),
    ])
    expect(() => unseal(swapped, masterKey)).toThrow()
  })

  it('[RC9] is silent in the place of what was never written', () => {
    const format = new SealedFormat(masterKey)
    const first = [format.begin(), ...format.append(counting(4_096))]
    format.append(counting(4_096))
    const file = written([...first, ...format.append(counting(4_096))])
    const { samples } = parseWav(unseal(file, masterKey))
    expect([samples[100], samples[4_096 + 100], samples[8_192 + 100]]).toEqual([100, 0, 100])
  })
})
