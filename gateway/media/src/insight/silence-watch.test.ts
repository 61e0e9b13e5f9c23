import { describe, expect, it } from 'vitest'
import { pcma } from '../codec/g711.ts'
import { SilenceWatch } from './silence-watch.ts'

function watched(afterMs: number) {
  const told: string[] = []
  const watch = new SilenceWatch(afterMs, (alarm, active) => told.push(`${alarm} ${active ? 'begins' : 'ends'}`))
  const hear = (byte: number) => {
    const payload = Buffer.alloc(160, pcma.silence).fill(byte, 77, 78)
    watch.audio({ payloadType: 8, marker: false, sequence: 0, timestamp: 0, ssrc: 1, payload }, pcma)
  }
  return { told, watch, hear }
}

describe('silence of a side', () => {
  it('[IN2] is told after 125 ticks without a packet, once', () => {
    const { told, watch } = watched(2_500)
    for (let i = 0; i < 124; i++) watch.tick(true)
    expect(told).toEqual([])
    for (let i = 0; i < 500; i++) watch.tick(true)
    expect(told).toEqual(['one_way begins'])
    watch.tick(false)
    expect(told).toEqual(['one_way begins', 'one_way ends'])
  })

  it('[IN3] is told after 125 packets of digital silence, and one sound ends it', () => {
    const { told, hear } = watched(2_500)
    for (let i = 0; i < 124; i++) hear(pcma.silence)
    hear(0xaa)
    for (let i = 0; i < 124; i++) hear(pcma.silence)
    expect(told).toEqual([])
    for (let i = 0; i < 100; i++) hear(pcma.silence)
    hear(0xaa)
    expect(told).toEqual(['silent begins', 'silent ends'])
  })

  it('[IN2] is never told with 0', () => {
    const { told, watch, hear } = watched(0)
    for (let i = 0; i < 1_000; i++) {
      watch.tick(true)
      hear(pcma.silence)
    }
    expect(told).toEqual([])
  })
})
