import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { HandClock } from '../../testing/hand-clock.ts'
import { RecordingFlow } from '../../testing/recording-flow.ts'
import { appHeaders, contactFor } from '../core/app-headers.ts'
import { composeRequest } from '../core/compose-request.ts'
import { StreamFramer } from '../transport/stream-framer.ts'
import { readAppMessage } from '../wire/app-message.ts'
import { commaList } from './comma-list.ts'
import { findDefect } from './find-defect.ts'
import { Headers } from './headers.ts'
import { parseNameAddr, tagOf } from './name-addr.ts'
import { parameter, withoutParameters } from './parameters.ts'
import { parseMessage } from './parse-message.ts'
import { parseSipUri, transportOf } from './uri.ts'
import { parseVia, stampVia } from './via.ts'

describe('addresses', () => {
  it('are taken apart with and without brackets', () => {
    expect(parseNameAddr('"A, \\"B\\" <x>" <sip:a@b;user=phone>;tag=1')).toEqual({
      display: '"A, \\"B\\" <x>"',
      uri: 'sip:a@b;user=phone',
      parameters: ';tag=1',
    })
    expect(parseNameAddr('sip:a@b;tag=2')).toEqual({ display: '', uri: 'sip:a@b', parameters: ';tag=2' })
    const quoted = parseNameAddr('<sip:a@b>;x=";tag=no";TAG=yes')
    expect(quoted && tagOf(quoted)).toBe('yes')
    for (const bad of ['', '<sip:a@b', '"open <sip:a@b>', '<>', 'sip:a b', '<sip:a@b> tag=1']) {
      expect(parseNameAddr(bad)).toBeUndefined()
    }
  })

  it('may be IPv6', () => {
    expect(parseSipUri('sip:user@[2001:db8::10]:5070;transport=TCP')).toEqual({
      scheme: 'sip',
      user: 'user',
      host: '2001:db8::10',
      port: 5070,
      parameters: ';transport=TCP',
    })
    expect(parseVia('SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKas3')).toMatchObject({
      host: '2001:db8::9:1',
      port: undefined,
      branch: 'z9hG4bKas3',
    })
  })

  it('name their transport', () => {
    const of = (text: string) => {
      const uri = parseSipUri(text)
      return uri && transportOf(uri)
    }
    expect([of('sip:a@b'), of('sip:a@b;transport=TCP'), of('sips:a@b')]).toEqual([undefined, 'tcp', 'tls'])
    expect([of('sip:a@b:0'), of('sip:a@b:70000'), of('mailto:a@b'), of('sip:a@@b')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })
})

describe('lists and parameters', () => {
  it('split at commas outside quotes and brackets', () => {
    expect(commaList('"a,b" <sip:c,d@e>, <sip:f>,,sip:g')).toEqual(['"a,b" <sip:c,d@e>', '<sip:f>', 'sip:g'])
  })

  it('respect quotes', () => {
    expect(parameter(';a="x;b=1";b=2;c', 'b')).toBe('2')
    expect(parameter(';a="x;b=1";b=2;c', 'c')).toBe('')
    expect(withoutParameters('<x>;a="x;b=1";b=2;c', ['b'])).toBe('<x>;a="x;b=1";c')
  })

  it('of a Via get the true source, whatever was there', () => {
    const text = 'SIP/2.0/UDP h.example;rport=1;branch=z9hG4bK1;received=1.2.3.4'
    const via = parseVia(text)
    expect(via && stampVia(text, via, { host: '192.0.2.1', port: 6000 })).toBe(
      'SIP/2.0/UDP h.example;branch=z9hG4bK1;received=192.0.2.1;rport=6000',
    )
  })
})

const sample = Buffer.from(
  [
    'INVITE sip:bob@example.org SIP/2.0',
    'v: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK1;rport',
    'f: "Alice" <sip:alice@example.org>;tag=a',
    't: <sip:bob@example.org>',
    'i: call-1',
    'CSeq: 1 INVITE',
    'm: <sip:alice@192.0.2.1>',
    'c: application/sdp',
    'l: 5',
    '',
    'v=0\r\n',
  ].join('\r\n'),
)

describe('hostile input', () => {
  it('mutated datagrams never throw, and what is sound can be read', () => {
    const mutation = fc.record({
      at: fc.nat(sample.length - 1),
      remove: fc.nat(12),
      insert: fc.oneof(
        fc.uint8Array({ maxLength: 12 }),
        fc
          .constantFrom('\r\n', '\r', '\n', ';', '"', '<', '>', ',', ':', '\0', ' \t', 'v:', '\r\n\r\n')
          .map((text) => Buffer.from(text)),
      ),
    })
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 6 }), (mutations) => {
        let bytes: Buffer = sample
        for (const { at, remove, insert } of mutations) {
          bytes = Buffer.concat([bytes.subarray(0, at), insert, bytes.subarray(at + remove)])
        }
        const parsed = parseMessage(bytes)
        if (!parsed.ok || parsed.defect || findDefect(parsed.message)) return
        const { message } = parsed
        expect([message.via.branch, message.cseq.number, message.fromTag, message.toTag]).toHaveLength(4)
        expect(bytes.includes(message.body)).toBe(true)
      }),
      { numRuns: 3000 },
    )
  })

  it('random bytes never throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseMessage(Buffer.from(bytes))
      }),
      { numRuns: 2000 },
    )
  })

  it('a stream is cut the same however it arrives', () => {
    const stream = Buffer.concat([sample, Buffer.from('\r\n\r\n'), sample, sample])
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }), (sizes) => {
        const framer = new StreamFramer({ headBytes: 65_536, bodyBytes: 65_536 })
        const events: string[] = []
        let at = 0
        for (let i = 0; at < stream.length; i++) {
          const end = at + (sizes[i % sizes.length] ?? 1)
          for (const event of framer.push(stream.subarray(at, end))) {
            events.push(event.type === 'message' ? String(event.bytes) : event.type)
          }
          at = end
        }
        expect(events).toEqual([String(sample), 'ping', String(sample), String(sample)])
      }),
    )
  })
})

describe('what goes out', () => {
  const { listener } = new RecordingFlow(new HandClock(), 'tcp')

  it('has no header that an application put into a value', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (name, value) => {
        const text = Buffer.from(`OPTIONS sip:a@b SIP/2.0\r\n${name}: ${value}\r\n\r\n`, 'latin1')
        const read = readAppMessage(text)
        if (typeof read === 'string') return
        const headers = appHeaders(read.headers, [], listener)
        for (const [, sent] of headers) expect(sent).not.toMatch(/[\r\n]/)
      }),
    )
  })

  it('keeps bodies byte for byte and counts bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (body) => {
        const base = {
          uri: 'sip:a@b',
          via: 'SIP/2.0/UDP h;branch=z9hG4bK1',
          branch: 'z9hG4bK1',
          routes: [],
          maxForwards: '70',
          from: '<sip:x@y>;tag=1',
          to: '<sip:a@b>',
          callId: 'c',
          seq: 1,
        }
        const parsed = parseMessage(composeRequest(base, 'MESSAGE', [], Buffer.from(body)), 'stream')
        expect(parsed.ok && parsed.defect).toBe(undefined)
        expect(parsed.ok && Buffer.compare(parsed.message.body, body)).toBe(0)
      }),
    )
  })

  it('spells known headers canonically and leaves X- names alone', () => {
    const headers = new Headers(
      [
        ['call-info', 'call-info'],
        ['x-fooBar', 'x-foobar'],
        ['my-header', 'my-header'],
        ['via', 'via'],
      ].map(([name = '', key = '']) => ({ key, name, value: '1' })),
    )
    expect(appHeaders(headers, [], listener).map(([name]) => name)).toEqual(['Call-Info', 'x-fooBar', 'My-Header'])
  })

  it('says the transport in a Contact of ours, and has our address for localhost', () => {
    expect(contactFor(undefined, listener)).toBe('<sip:192.0.2.1:5060;transport=tcp>')
    expect(contactFor('sip:1000@localhost', listener)).toBe('<sip:1000@192.0.2.1:5060;transport=tcp>')
    expect(contactFor('"Al" <sip:1000@pbx.example>;+sip.instance="x"', listener)).toBe(
      '"Al" <sip:1000@pbx.example>;+sip.instance="x"',
    )
  })
})
