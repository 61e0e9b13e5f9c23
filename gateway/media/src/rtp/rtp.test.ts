import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SourceLatch } from './latch.ts'
import { parseRtp, type RtpPacket, writeRtp } from './packet.ts'
import { PortPool } from './ports.ts'
import { ReceiveStats } from './receive-stats.ts'
import { ntpMiddle, parseRtcp, writeReport } from './rtcp.ts'
import { StreamOut } from './stream-out.ts'

const packet = (sequence: number, timestamp: number, ssrc = 1): RtpPacket => ({
  payloadType: 8,
  marker: false,
  sequence: sequence & 0xffff,
  timestamp: timestamp >>> 0,
  ssrc,
  payload: Buffer.alloc(160),
})

describe('RTP packet', () => {
  it('reads what it wrote', () => {
    const written = { ...packet(65_535, 0xffff_ffff, 0xffff_fffe), marker: true, payload: Buffer.from('abc') }
    expect(parseRtp(writeRtp(written))).toEqual(written)
  })

  it('leaves out CSRCs, extension and padding', () => {
    const plain = writeRtp({ ...packet(1, 2), payload: Buffer.alloc(0) })
    plain[0] = 0x80 | 0x20 | 0x10 | 1
    const csrc = Buffer.alloc(4)
    const extension = Buffer.from([0xbe, 0xde, 0, 1, 1, 2, 3, 4])
    const data = Buffer.concat([plain, csrc, extension, Buffer.from('voice'), Buffer.from([0, 0, 3])])
    expect(parseRtp(data)!.payload.toString()).toBe('voice')
  })

  it('never fails on any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void parseRtp(Buffer.from(bytes))))
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => void parseRtcp(Buffer.from(bytes), 1)))
  })
})

describe('outgoing stream', () => {
  function collect() {
    const sent: RtpPacket[] = []
    return { sent, out: new StreamOut((data) => sent.push(parseRtp(data)!)) }
  }

  it('[ST1] stays one stream from prompt to relay to prompt: numbers go on, the marker is set, time goes by', () => {
    const { sent, out } = collect()
    out.frame(Buffer.alloc(160), 8, 0)
    out.frame(Buffer.alloc(160), 8, 20)
    for (let i = 0; i < 3; i++) out.relay(packet(65_534 + i, 0xffff_ff00 + i * 160), 8, 45 + i * 20)
    out.frame(Buffer.alloc(160), 8, 100)
    expect(new Set(sent.map((p) => p.ssrc)).size).toBe(1)
    const steps = sent
      .slice(1)
      .map((p, i) => [(p.sequence - sent[i]!.sequence) & 0xffff, (p.timestamp - sent[i]!.timestamp) >>> 0])
    expect(steps).toEqual(Array(5).fill([1, 160]))
    expect(sent.map((p) => p.marker)).toEqual([true, false, true, false, false, true])
  })

  it('[ST2] passes loss and disorder on, and drops what came before the switch', () => {
    const { sent, out } = collect()
    for (const n of [10, 11, 14, 13, 9, 15]) out.relay(packet(n, n * 160), 8, n * 20)
    const base = sent[0]!
    expect(sent.map((p) => (p.sequence - base.sequence) & 0xffff)).toEqual([0, 1, 4, 3, 5])
    expect(sent.map((p) => ((p.timestamp - base.timestamp) >>> 0) / 160)).toEqual([0, 1, 4, 3, 5])
  })

  it('[ST3] hides a restart of the relayed sender', () => {
    const { sent, out } = collect()
    out.relay(packet(10, 1_600, 1), 8, 20)
    out.relay(packet(40_000, 900_000, 2), 8, 40)
    out.relay(packet(7, 70, 2), 8, 60)
    expect(sent.map((p) => (p.timestamp - sent[0]!.timestamp) >>> 0)).toEqual([0, 160, 320])
    expect(sent.map((p) => (p.sequence - sent[0]!.sequence) & 0xffff)).toEqual([0, 1, 2])
  })

  it('[ST4] lets time go by over a gap', () => {
    const { sent, out } = collect()
    out.frame(Buffer.alloc(160), 8, 0)
    out.frame(Buffer.alloc(160), 8, 1_000)
    expect((sent[1]!.timestamp - sent[0]!.timestamp) >>> 0).toBe(8_000)
    expect(sent[1]!.marker).toBe(true)
  })
})

describe('receive figures', () => {
  it('counts loss over the wrap of the sequence, and jitter as RFC 3550 says', () => {
    const stats = new ReceiveStats()
    for (const n of [65_533, 65_534, 0, 1, 3])
      stats.count(packet(n, (n < 100 ? n + 65_536 : n) * 160), (n < 100 ? n + 65_536 : n) * 20)
    expect(stats.lost).toBe(2)
    expect(stats.jitterMs).toBe(0)
    stats.count(packet(4, 65_540 * 160), 65_540 * 20 + 16)
    expect(stats.jitterMs).toBe(1)
    expect(stats.report()).toMatchObject({ lost: 2, fractionLost: Math.floor((2 * 256) / 8), highestSequence: 65_540 })
  })
})

describe('RTCP', () => {
  it('reads the report about our stream that the other side would write', () => {
    const block = { ssrc: 77, fractionLost: 64, lost: 5, highestSequence: 9, jitter: 12 }
    const sender = { ssrc: 5, rtpTimestamp: 1, packets: 10, octets: 1_600 }
    const now = 1_700_000_000_500
    const data = writeReport(sender, block, { ntp: 0xabcd_0000, agoMs: 500 }, 'a@b', now)
    expect(data.length % 4).toBe(0)
    expect(parseRtcp(data, 77)).toEqual({
      senderReportNtp: ntpMiddle(now),
      block: { fractionLost: 0.25, jitter: 12, lastSenderReport: 0xabcd_0000, delaySinceLast: 32_768 },
    })
    expect(parseRtcp(data, 78)!.block).toBeUndefined()
  })
})

describe('latch', () => {
  it('[LA1] first source locks, another is refused until the first is silent', () => {
    const latch = new SourceLatch(2_000)
    expect(latch.accept('10.0.0.1', 4_000, 0)).toBe(true)
    expect(latch.accept('10.0.0.2', 4_000, 10)).toBe(false)
    expect(latch.accept('10.0.0.1', 4_001, 1_999)).toBe(false)
    expect(latch.accept('10.0.0.2', 4_000, 2_000)).toBe(true)
    expect(latch.target).toMatchObject({ address: '10.0.0.2' })
  })

  it('[LA3] who was first only because he tried every port gives way to the announced address', () => {
    const latch = new SourceLatch(2_000)
    latch.announce('10.0.0.1', 4_000)
    expect(latch.accept('10.6.6.6', 1, 0)).toBe(true)
    expect(latch.accept('10.0.0.1', 4_001, 5)).toBe(false)
    expect(latch.accept('10.0.0.1', 4_000, 10)).toBe(true)
    expect(latch.accept('10.6.6.6', 1, 20)).toBe(false)
    expect(latch.target).toMatchObject({ address: '10.0.0.1', port: 4_000 })
  })

  it('[LA2] after a re-INVITE the old source is heard until the new one speaks', () => {
    const latch = new SourceLatch(2_000)
    latch.accept('10.0.0.1', 4_000, 0)
    latch.move()
    expect(latch.target).toBeUndefined()
    expect(latch.accept('10.0.0.1', 4_000, 10)).toBe(true)
    expect(latch.accept('10.0.0.9', 6_000, 20)).toBe(true)
    expect(latch.accept('10.0.0.1', 4_000, 30)).toBe(false)
  })
})

describe('ports', () => {
  it('[PO1] hands out each even port once, and none that rests', () => {
    const pool = new PortPool({ from: 20_001, to: 20_010 }, 60_000)
    const taken = Array.from({ length: 4 }, () => pool.take())
    expect(taken.toSorted()).toEqual([20_002, 20_004, 20_006, 20_008])
    expect(() => pool.take()).toThrow(/all 4 RTP ports/)
    pool.release(taken[0]!)
    expect(() => pool.take()).toThrow(expect.objectContaining({ code: 'no_ports' }))
  })

  it('[PO2] hands a port out again when it has rested', () => {
    const pool = new PortPool({ from: 20_000, to: 20_001 }, 0)
    pool.release(pool.take())
    expect(pool.take()).toBe(20_000)
  })
})
