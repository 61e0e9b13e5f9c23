import { readConfig as readGatewayConfig } from '@ringdown/gateway/config'
import { readConfig as readWorkersConfig } from '@ringdown/workers/config'
import { describe, expect, it } from 'vitest'
import { readConfig as readMediaConfig } from '../gateway/media/src/config.ts'
import { configFromEnvironment as readSipConfig } from '../gateway/sip/src/config/environment.ts'
import { environmentOf, type Plan, portClaims, wantedProcesses } from './process-plan.ts'
import { type Environment, readSettings } from './settings.ts'

const secrets = {
  ...{ postgres: 'p'.repeat(16), redis: 'r'.repeat(16), sip: 's/ip'.repeat(4), media: 'm'.repeat(16) },
  ...{ session: 'x'.repeat(16), setup: 'setup-me', recordings: Buffer.alloc(32, 7).toString('base64') },
}
const plan = (env: Environment = {}): Plan => ({ root: '/app', settings: readSettings(env), secrets, env, demo: true })

describe('what each process is told', () => {
  it('is understood by the SIP server', () => {
    expect(readSipConfig(environmentOf('sip', plan()) as NodeJS.ProcessEnv)).toMatchObject({
      listen: [
        { protocol: 'udp', host: '127.0.0.1', port: 5060 },
        { protocol: 'tcp', host: '127.0.0.1', port: 5060 },
      ],
      ...{ externalAddress: '127.0.0.1', adminPort: 9022, secret: secrets.sip, metricsPort: 9101 },
    })
  })

  it('is understood by the media server', () => {
    const config = readMediaConfig(environmentOf('media', plan({ RINGDOWN_DATA_DIR: '/data' })))
    expect(config).toMatchObject({
      ...{ rpcPort: 9033, secret: secrets.media, rtpPorts: { from: 20_000, to: 29_999 }, metricsPort: 9102 },
      ...{ promptDir: '/data/prompts', recordingDir: '/data/recordings', recordingKey: secrets.recordings },
    })
  })

  it('is understood by the gateway and the workers', () => {
    const gateway = readGatewayConfig(environmentOf('gateway', plan({ RINGDOWN_HTTP_PORT: '9000' })))
    expect(gateway).toMatchObject({
      http: { host: '127.0.0.1', port: 9000 },
      media: { host: '127.0.0.1', port: 9033, secret: secrets.media },
      ...{ sipPublic: '127.0.0.1:5060', demo: true, setupToken: 'setup-me', sipCaptureUrl: 'http://127.0.0.1:9101' },
    })
    const workers = readWorkersConfig(environmentOf('workers', plan()))
    expect([workers.databaseUrl, workers.redisUrl]).toEqual([gateway.databaseUrl, gateway.redisUrl])
    expect(workers.recordingKeys).toEqual(gateway.recordingKeys)
    expect([...gateway.recordingKeys.values()]).toEqual([Buffer.alloc(32, 7)])
  })

  it('keeps what the user set for one process', () => {
    const config = readSipConfig(environmentOf('sip', plan({ RINGDOWN_SIP_T1_MS: '250' })) as NodeJS.ProcessEnv)
    expect(config.t1Ms).toBe(250)
  })

  it('leads to servers of the user where there are some', () => {
    const own = plan({
      ...{ DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', DRACHTIO_URL: 'drachtio://:hush@sip:9022' },
      MEDIA_URL: 'media://:hush@media:9033',
    })
    expect(wantedProcesses(own.settings)).toEqual(['gateway', 'workers'])
    expect(readGatewayConfig(environmentOf('gateway', own))).toMatchObject({
      ...{ databaseUrl: 'postgres://db/x', redisUrl: 'redis://cache', sipCaptureUrl: null },
      drachtio: { host: 'sip', port: 9022, secret: 'hush' },
    })
    expect(portClaims({ ...own.settings, dev: false }).map(({ setting }) => setting)).toEqual([
      ...['RINGDOWN_HTTP_PORT', 'RINGDOWN_WORKERS_OPS_PORT'],
    ])
  })
})
