import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readEnvironment, readSettings } from './settings.ts'
import { describeSettings, readme, settingsDocument, withSettings } from './settings-doc.ts'

describe('settings', () => {
  it('have defaults for all of one machine', () => {
    expect(readSettings({})).toMatchObject({
      ...{ dataDir: resolve('data'), host: '127.0.0.1', publicAddress: '127.0.0.1', httpPort: 8080, sipPort: 5060 },
      databaseUrl: undefined,
    })
  })

  it('name every wrong one and what was expected', () => {
    const wrong = {
      RINGDOWN_HTTP_PORT: '80 80',
      RINGDOWN_HOST: 'localhost',
      DATABASE_URL: 'mysql://x',
      RINGDOWN_RTP_PORTS: '1',
    }
    expect(() => readSettings(wrong)).toThrow(
      [
        "RINGDOWN_HOST is 'localhost': expected an IP address",
        "RINGDOWN_HTTP_PORT is '80 80': expected a port",
        "RINGDOWN_RTP_PORTS is '1': expected a range such as 20000-29999",
        "DATABASE_URL is 'mysql://x': expected postgres://…",
      ].join('\n'),
    )
  })

  it('take an empty value for a missing one', () => {
    expect(readSettings({ RINGDOWN_HTTP_PORT: '', DATABASE_URL: '' })).toMatchObject({
      httpPort: 8080,
      databaseUrl: undefined,
    })
  })

  it('write an address that others can reach into SIP and SDP', () => {
    expect(readSettings({ RINGDOWN_HOST: '0.0.0.0', RINGDOWN_PUBLIC_ADDRESS: '203.0.113.7' }).publicAddress).toBe(
      '203.0.113.7',
    )
    expect(readSettings({ RINGDOWN_HOST: '192.0.2.1' }).publicAddress).toBe('192.0.2.1')
  })

  it('come from .env where the shell says nothing', () => {
    const root = mkdtempSync(join(tmpdir(), 'ringdown-env-'))
    expect(readEnvironment(root, { A: '1' })).toEqual({ A: '1' })
    writeFileSync(join(root, '.env'), '# mine\nRINGDOWN_HTTP_PORT=9000\nRINGDOWN_SIP_PORT="5070"\n')
    expect(readEnvironment(root, { RINGDOWN_SIP_PORT: '5080' })).toEqual({
      RINGDOWN_HTTP_PORT: '9000',
      RINGDOWN_SIP_PORT: '5080',
    })
  })

  it('are documented as they are (node launch/settings-doc.ts)', () => {
    expect(readFileSync(settingsDocument, 'utf8')).toBe(describeSettings())
    const text = readFileSync(readme, 'utf8')
    expect(text).toContain('`RINGDOWN_HTTP_PORT`')
    expect(text).toBe(withSettings(text))
  })
})
