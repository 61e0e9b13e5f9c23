import { describe, expect, it } from 'vitest'
import type { SipRequest } from '../message/message.ts'
import { parseMessage } from '../message/parse-message.ts'
import { knownScanners } from './scanner.ts'
import { networks, sourceOf } from './source.ts'
import { SourceWatch } from './source-watch.ts'
import { TokenBucket } from './token-bucket.ts'

function request(extra = ''): SipRequest {
  const parsed = parseMessage(Buffer.from(`OPTIONS sip:a@b SIP/2.0\r\nFrom: <sip:x@y>;tag=1\r\n${extra}\r\n`))
  if (!parsed.ok || parsed.message.kind !== 'request') throw new Error('no request')
  return parsed.message
}

const limits = {
  trusted: networks(['10.0.0.0/8', '2001:db8:1::/48', '192.0.2.1']),
  ...{ requestsPerSecond: 2, requestsBurst: 3, failuresPerMinute: 60, failuresBurst: 2, banMs: 1000 },
  scanners: new RegExp(knownScanners, 'i'),
}
const watch = () => {
  const banned: string[] = []
  return { banned, watch: new SourceWatch(limits, (source, reason) => banned.push(`${source} ${reason}`)) }
}

describe('limits per source', () => {
  it('[LM1] lets a burst and then a rate through', () => {
    const bucket = new TokenBucket(2, 3, 0)
    const taken = [0, 0, 0, 0, 1000, 1000, 1000].map((now) => bucket.take(now) >= 0)
    expect(taken).toEqual([true, true, true, false, true, false, false])
    expect([bucket.isFull(1000), bucket.isFull(10_000)]).toEqual([false, true])
  })

  it('[LM1] refuses what is above, and bans who does not stop', () => {
    const { watch: sources, banned } = watch()
    const verdicts = Array.from({ length: 8 }, () => sources.suspect(request(), '192.0.2.7', 0))
    expect(verdicts).toEqual([
      ...[undefined, undefined, undefined],
      ...['requests', 'requests', 'requests', 'banned', 'banned'],
    ])
    expect(banned).toEqual(['192.0.2.7 requests'])
    expect(sources.suspect(request(), '192.0.2.8', 0)).toBeUndefined()
  })

  it('[LM2] bans end by themselves or are lifted', () => {
    const { watch: sources } = watch()
    for (const host of ['192.0.2.7', '192.0.2.8']) for (let i = 0; i < 3; i++) sources.failure(host, 0)
    expect(sources.bans.list(500)).toEqual([
      { source: '192.0.2.8', reason: 'failures', at: 0, until: 1000 },
      { source: '192.0.2.7', reason: 'failures', at: 0, until: 1000 },
    ])
    expect(sources.bans.lift('192.0.2.8')).toBe(true)
    expect([sources.isBanned('192.0.2.8', 500), sources.isBanned('192.0.2.7', 500)]).toEqual([false, true])
    expect(sources.isBanned('192.0.2.7', 1000)).toBe(false)
  })

  it('[LM3] bans scanners at their first request', () => {
    for (const line of [
      'User-Agent: friendly-scanner\r\n',
      'User-Agent: SIPVicious 0.3\r\n',
      'f: "sipvicious"<sip:1@1.1.1.1>\r\n',
    ]) {
      const { watch: sources } = watch()
      const text = line.startsWith('f:') ? `OPTIONS sip:a@b SIP/2.0\r\n${line}\r\n` : undefined
      const parsed = text ? parseMessage(Buffer.from(text)) : undefined
      const message = parsed?.ok ? (parsed.message as SipRequest) : request(line)
      expect(sources.suspect(message, '192.0.2.7', 0)).toBe('scanner')
      expect(sources.isBanned('192.0.2.7', 0)).toBe(true)
    }
  })

  it('[LM4] nothing of this applies to trusted networks', () => {
    const { watch: sources, banned } = watch()
    for (const host of ['10.1.2.3', '2001:db8:1:2::3', '192.0.2.1']) {
      for (let i = 0; i < 20; i++) {
        expect(sources.suspect(request('User-Agent: sipcli\r\n'), host, 0)).toBeUndefined()
        sources.failure(host, 0)
        sources.noise(host, 0)
      }
    }
    expect(banned).toEqual([])
  })

  it('[LM5] an IPv6 subscriber is one source, whatever addresses it takes', () => {
    expect(sourceOf('2001:db8::1')).toBe('2001:db8:0:0::/64')
    expect(sourceOf('2001:0db8:0:0:ffff::9')).toBe('2001:db8:0:0::/64')
    expect(sourceOf('2001:db8:0:1::1')).toBe('2001:db8:0:1::/64')
    expect(sourceOf('192.0.2.1')).toBe('192.0.2.1')
  })

  it('[LM6] remembers no more sources than it has room for', () => {
    const { watch: sources } = watch()
    for (let i = 0; i < 100_500; i++) sources.noise(`198.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, 0)
    expect(sources.size).toBeLessThanOrEqual(100_000)
  })
})
