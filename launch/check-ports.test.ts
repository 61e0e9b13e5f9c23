import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { checkPorts } from './check-ports.ts'

const host = '127.0.0.1'

describe('ports', () => {
  it('that are taken are all named with their settings, TCP and UDP', async () => {
    const server = createServer().listen(0, host)
    const socket = createSocket('udp4').bind(0, host)
    await Promise.all([once(server, 'listening'), once(socket, 'listening')])
    const tcp = (server.address() as AddressInfo).port
    const udp = socket.address().port
    try {
      await expect(
        checkPorts([
          { setting: 'RINGDOWN_HTTP_PORT', host, port: tcp, protocol: 'tcp' },
          { setting: 'RINGDOWN_SIP_PORT', host, port: udp, protocol: 'udp' },
        ]),
      ).rejects.toThrow(
        [
          `Port ${tcp}/tcp is taken: stop what uses it, or set RINGDOWN_HTTP_PORT to a free one.`,
          `Port ${udp}/udp is taken: stop what uses it, or set RINGDOWN_SIP_PORT to a free one.`,
        ].join('\n'),
      )
    } finally {
      socket.close()
      server.close()
      await once(server, 'close')
    }
    await checkPorts([{ setting: 'RINGDOWN_HTTP_PORT', host, port: tcp, protocol: 'tcp' }])
  })

  it('may not be given twice', async () => {
    const claim = { host, port: 65_123, protocol: 'tcp' as const }
    await expect(
      checkPorts([
        { setting: 'RINGDOWN_HTTP_PORT', ...claim },
        { setting: 'RINGDOWN_PG_PORT', ...claim },
      ]),
    ).rejects.toThrow('RINGDOWN_HTTP_PORT and RINGDOWN_PG_PORT name the same port 65123.')
  })

  it('need an address of this machine', async () => {
    const claim = { setting: 'RINGDOWN_HTTP_PORT', host: '192.0.2.1', port: 65_123, protocol: 'tcp' as const }
    await expect(checkPorts([claim])).rejects.toThrow('this machine has no address 192.0.2.1: correct RINGDOWN_HOST')
  })
})
