import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'

describe('settings', () => {
  it('reads the environment over the defaults', () => {
    const config = readConfig({
      RINGDOWN_MEDIA_SECRET: 's',
      RINGDOWN_MEDIA_RTP_PORTS: '30000-30099',
      RINGDOWN_MEDIA_RPC_PORT: '0',
      RINGDOWN_MEDIA_PUBLIC_ADDRESS: '192.0.2.1',
      RINGDOWN_MEDIA_ICE_ADDRESS: '',
      RINGDOWN_MEDIA_THREADS: '0',
      RINGDOWN_MEDIA_CODECS: 'Opus, g722,PCMA',
    })
    expect(config.iceAddress).toBeUndefined()
    expect(config).toMatchObject({
      rtpPorts: { from: 30_000, to: 30_099 },
      rpcPort: 0,
      publicAddress: '192.0.2.1',
      host: '127.0.0.1',
      threads: 0,
      codecs: ['opus', 'G722', 'PCMA'],
    })
  })

  it('has as many threads as the machine has cores, 8 at most', () => {
    const { threads } = readConfig({ RINGDOWN_MEDIA_SECRET: 's' })
    expect(threads).toBe(Math.min(8, availableParallelism()))
  })

  it.each([
    [{}, 'RINGDOWN_MEDIA_SECRET: is not set; set it to a secret shared with the gateway'],
    [{ RINGDOWN_MEDIA_HOST: 'localhost' }, 'RINGDOWN_MEDIA_HOST: must be an IP address'],
    [{ RINGDOWN_MEDIA_HOST: '0.0.0.0' }, 'RINGDOWN_MEDIA_PUBLIC_ADDRESS: must be set when host is a wildcard'],
    [{ RINGDOWN_MEDIA_RTP_PORTS: '30000' }, 'RINGDOWN_MEDIA_RTP_PORTS: must look like 20000-29999'],
    [{ RINGDOWN_MEDIA_RTP_PORTS: '9-8' }, 'RINGDOWN_MEDIA_RTP_PORTS: must name at least two ports'],
    [{ RINGDOWN_MEDIA_THREADS: '9' }, 'RINGDOWN_MEDIA_THREADS: '],
    [{ RINGDOWN_MEDIA_RPC_PORT: '99999' }, 'RINGDOWN_MEDIA_RPC_PORT: '],
  ])('refuses %j', (env, message) => {
    expect(() => readConfig({ ...(message.includes('SECRET') ? {} : { RINGDOWN_MEDIA_SECRET: 's' }), ...env })).toThrow(
      message,
    )
  })
})
