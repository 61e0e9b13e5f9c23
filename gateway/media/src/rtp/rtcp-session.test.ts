import { describe, expect, it } from 'vitest'
import { parseRtp } from './packet.ts'
import { ReceiveStats } from './receive-stats.ts'
import { RtcpSession } from './rtcp-session.ts'
import { StreamOut } from './stream-out.ts'

/** One end of a stream in both directions; what it sends is counted by the other. */
function ends() {
  const stats = [new ReceiveStats(), new ReceiveStats()] as const
  const streams = [0, 1].map((i) => new StreamOut((data) => stats[1 - i]!.count(parseRtp(data)!, 0)))
  const sessions = streams.map((stream, i) => new RtcpSession(stream, stats[i]!))
  return { streams, sessions }
}

describe('RTCP session', () => {
  it('[RT1] learns round trip and loss from the reports of the other side', () => {
    const { streams, sessions } = ends()
    const later = performance.now() + 60_000
    for (const stream of streams) stream.frame(Buffer.alloc(160), 8, 0)
    const [alice, bob] = sessions as [RtcpSession, RtcpSession]
    bob.receive(alice.due(later)!, later + 30)
    alice.receive(bob.due(later + 1_030)!, later + 1_080)
    expect(alice.roundTripMs).toBeCloseTo(80, 0)
    expect(alice.remoteLoss).toBe(0)
    expect(bob.roundTripMs).toBeNull()
  })

  it('[RT3] learns the quality that an extended report names, and nothing from a broken one', () => {
    const { streams, sessions } = ends()
    const alice = sessions[0]!
    const report = Buffer.alloc(44)
    report.writeUInt32BE(0x80cf000a, 0)
    report.writeUInt32BE(0x07000008, 8)
    report.writeUInt32BE(streams[0]!.ssrc, 12)
    report[34] = 127
    alice.receive(report, 0)
    expect(alice.remoteMos).toBeNull()
    report[34] = 41
    for (const length of [8, 12, 20, 43]) alice.receive(report.subarray(0, length), 0)
    expect(alice.remoteMos).toBeNull()
    alice.receive(report, 0)
    expect(alice.remoteMos).toBe(4.1)
  })

  it('[RT2] reports about every five seconds, and not before anything happened', () => {
    const { streams, sessions } = ends()
    const later = performance.now() + 60_000
    const alice = sessions[0]!
    expect(alice.due(later)).toBeUndefined()
    streams[0]!.frame(Buffer.alloc(160), 8, 0)
    expect(alice.due(later)).toBeDefined()
    expect(alice.due(later + 2_400)).toBeUndefined()
    expect(alice.due(later + 7_600)).toBeDefined()
  })
})
