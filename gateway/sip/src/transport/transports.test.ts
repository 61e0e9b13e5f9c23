import { describe, expect, it } from 'vitest'
import { ConnectionSlots } from './connection-slots.ts'
import type { Listener } from './listener.ts'
import { Transports } from './transports.ts'

const silent = {
  admits: () => true,
  received() {},
  sent() {},
  garbled() {},
  cut() {},
  needed: () => false,
  closed() {},
}
const soon = { firstMessageMs: 1000, messageMs: 1000, idleMs: 1000, pingMs: 1000 }
const streams = {
  limits: { headBytes: 1000, bodyBytes: 1000, unsentBytes: 1000, ...soon },
  slots: new ConnectionSlots(10, 10),
  certificates: undefined,
  wsOrigins: [],
}
const listen = (protocol: 'udp' | 'tcp', host: string, externalHost?: string) => ({
  protocol,
  host,
  port: 0,
  externalHost,
})
const name = (listener: Listener | undefined) => listener && `${listener.protocol} ${listener.local.host}`

describe('the listener to send from', () => {
  it('is of the transport asked for, UDP when none is, and of the family of the address', async () => {
    await using transports = await Transports.open(
      [listen('tcp', '127.0.0.1'), listen('udp', '127.0.0.1'), listen('udp', '127.0.0.2')],
      streams,
      silent,
    )
    const choose = (host: string, transport?: string) => name(transports.choose({ host, port: 5060, transport }))
    expect(choose('127.0.0.9')).toBe('udp 127.0.0.1')
    expect(choose('127.0.0.2')).toBe('udp 127.0.0.2')
    expect(choose('127.0.0.2', 'tcp')).toBe('tcp 127.0.0.1')
    expect(choose('127.0.0.2', 'tls')).toBeUndefined()
    expect(choose('2001:db8::1')).toBeUndefined()
  })

  it('is the only one there is when the URI leaves the transport open', async () => {
    await using transports = await Transports.open([listen('tcp', '127.0.0.1')], streams, silent)
    expect(name(transports.choose({ host: '127.0.0.9', port: 5060, transport: undefined }))).toBe('tcp 127.0.0.1')
  })

  it('advertises its external address, and on all addresses one that others can reach', async () => {
    await using transports = await Transports.open(
      [listen('udp', '127.0.0.1', '203.0.113.7'), listen('udp', '0.0.0.0')],
      streams,
      silent,
    )
    const [external, everywhere] = transports.listeners
    expect(external?.advertised.host).toBe('203.0.113.7')
    expect(everywhere?.advertised.host).not.toBe('0.0.0.0')
    expect(everywhere?.addresses).toContain('127.0.0.1')
    expect(transports.isOwn({ host: '127.0.0.1', port: everywhere?.local.port ?? 0 })).toBe(true)
    expect(transports.isOwn({ host: '203.0.113.7', port: external?.local.port ?? 0 })).toBe(true)
    expect(transports.isOwn({ host: '127.0.0.1', port: 1 })).toBe(false)
  })
})
