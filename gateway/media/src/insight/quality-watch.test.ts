import { expect, it } from 'vitest'
import { ReceiveStats } from '../rtp/receive-stats.ts'
import { RtcpSession } from '../rtp/rtcp-session.ts'
import { StreamOut } from '../rtp/stream-out.ts'
import { type Quality, QualityWatch } from './quality-watch.ts'

const always = (_n: number): boolean => true
const payload = Buffer.alloc(160, 0xd5)

/** A leg that hears 250 packets in five seconds, or those of them that arrive. */
function leg() {
  const stats = new ReceiveStats()
  const told: Quality[] = []
  const watch = new QualityWatch(stats, new RtcpSession(new StreamOut(() => {}), stats), (quality) =>
    told.push(quality),
  )
  let n = 0
  return {
    ...{ told, watch },
    fiveSeconds({ arrives = always, expected = true } = {}) {
      for (let i = 0; i < 250; i++, n++) {
        const packet = { payloadType: 8, marker: false, sequence: n & 0xffff, timestamp: n * 160, ssrc: 7, payload }
        if (arrives(n)) stats.count(packet, n * 20)
        watch.tick(expected)
      }
    },
  }
}

it('[IN1] sums up every five seconds by themselves, and remembers the worst', () => {
  const { told, watch, fiveSeconds } = leg()
  fiveSeconds()
  fiveSeconds({ arrives: (n) => n % 10 !== 5 })
  fiveSeconds()
  expect(told.map(({ packets, lost }) => [packets, lost])).toEqual([
    [250, 0],
    [225, 25],
    [250, 0],
  ])
  expect(told.map(({ mos }) => mos > 4)).toEqual([true, false, true])
  expect(watch.lowestMos).toBe(told[1]!.mos)
})

it('[IN1] calls five seconds without a packet the worst there is, unless none was due', () => {
  const { told, fiveSeconds } = leg()
  fiveSeconds({ arrives: () => false })
  expect(told).toEqual([])
  fiveSeconds()
  fiveSeconds({ arrives: () => false, expected: false })
  expect(told).toHaveLength(1)
  fiveSeconds({ arrives: () => false })
  expect(told[1]).toMatchObject({ packets: 0, mos: 1 })
})
