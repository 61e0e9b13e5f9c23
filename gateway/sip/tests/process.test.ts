import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TLSSocket } from 'node:tls'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { configFromEnvironment, environmentName } from '../src/config/environment.ts'
import { SipServerConfig } from '../src/config/settings.ts'
import type { CapturedMessage } from '../src/index.ts'
import { TestAuthority } from '../testing/certificates.ts'
import { connectApp } from '../testing/srf-app.ts'
import { secret, startTestServer, udpOf } from '../testing/test-server.ts'
import { sdp, WirePhone } from '../testing/wire-phone.ts'
import { WireStream } from '../testing/wire-stream.ts'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

function run(settings: Record<string, string>) {
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return { child, lines: createInterface({ input: child.stdout }), exited: once(child, 'exit') }
}

describe('the process', () => {
  it('says when it is ready, on which ports, and goes on SIGTERM', async () => {
    const { child, lines, exited } = run({
      RINGDOWN_SIP_SECRET: secret,
      RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0,tcp:127.0.0.1:0',
      RINGDOWN_SIP_ADMIN_PORT: '0',
      RINGDOWN_SIP_METRICS_PORT: '0',
    })
    const [line] = (await once(lines, 'line')) as [string]
    const ready = JSON.parse(line)
    expect(ready.msg).toBe('ready')
    expect(ready.listeners.map((listener: { protocol: string }) => listener.protocol)).toEqual(['udp', 'tcp'])
    const health = await fetch(`http://127.0.0.1:${ready.ops.port}/healthz`)
    expect(health.status).toBe(200)
    const readiness = await fetch(`http://127.0.0.1:${ready.ops.port}/readyz`)
    expect([readiness.status, await readiness.json()]).toEqual([503, { status: 'no application is connected' }])
    child.kill('SIGTERM')
    expect((await exited)[0]).toBe(0)
  })

  it('names a taken port and its setting, and ends with 1', async () => {
    const squatter = createServer().listen(0, '127.0.0.1')
    await once(squatter, 'listening')
    const { port } = squatter.address() as { port: number }
    for (const [setting, value] of [
      ['RINGDOWN_SIP_LISTEN', `tcp:127.0.0.1:${port}`],
      ['RINGDOWN_SIP_ADMIN_PORT', String(port)],
      ['RINGDOWN_SIP_METRICS_PORT', String(port)],
    ] as const) {
      const { lines, exited } = run({
        RINGDOWN_SIP_SECRET: secret,
        RINGDOWN_SIP_LISTEN: 'udp:127.0.0.1:0',
        RINGDOWN_SIP_ADMIN_PORT: '0',
        [setting]: value,
      })
      const [[line], [code]] = await Promise.all([once(lines, 'line'), exited])
      expect(JSON.parse(line).msg).toBe(`127.0.0.1:${port} is taken: change ${setting}`)
      expect(code).toBe(1)
    }
    squatter.close()
  })

  it('names what is wrong with its settings', () => {
    const problem = (environment: Record<string, string>) => {
      try {
        configFromEnvironment(environment)
        return ''
      } catch (error) {
        return String(error)
      }
    }
    expect(problem({})).toContain('RINGDOWN_SIP_SECRET is missing')
    expect(problem({ RINGDOWN_SIP_SECRET: 'x', RINGDOWN_SIP_LISTEN: 'udp:somewhere' })).toContain(
      "RINGDOWN_SIP_LISTEN is wrong: 'udp:somewhere' is none of udp:<ip address>:<port>",
    )
    expect(problem({ RINGDOWN_SIP_SECRET: 'x', RINGDOWN_SIP_T1_MS: 'soon' })).toContain('RINGDOWN_SIP_T1_MS is wrong')
    const config = configFromEnvironment({
      RINGDOWN_SIP_SECRET: 'x',
      RINGDOWN_SIP_LISTEN: 'udp:[::1]:5070/203.0.113.7',
      RINGDOWN_SIP_CDRS: 'true',
    })
    expect(config.listen).toEqual([
      { protocol: 'udp', host: '::1', port: 5070, externalHost: '203.0.113.7', externalPort: undefined },
    ])
    expect(config.cdrs).toBe(true)
  })

  it('reads a file too, and lets the environment go before it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'ringdown-config-'))
    const file = join(folder, 'sip.json')
    const read = async (content: string, environment: Record<string, string> = {}) => {
      await writeFile(file, content)
      return configFromEnvironment({ RINGDOWN_SIP_CONFIG: file, ...environment })
    }
    const config = await read('{ "secret": "x", "listen": ["ws:127.0.0.1:0"], "t1Ms": 100 }', {
      RINGDOWN_SIP_T1_MS: '50',
    })
    expect([config.secret, config.listen[0]?.protocol, config.t1Ms]).toEqual(['x', 'ws', 50])
    await expect(read('{ "sercet": "x" }')).rejects.toThrow("there is no setting 'sercet'")
    await expect(read('nonsense')).rejects.toThrow('RINGDOWN_SIP_CONFIG is wrong')
    await rm(folder, { recursive: true })
  })

  it('has every setting in its README', async () => {
    const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8')
    const names = Object.keys(SipServerConfig.shape).map((setting) => environmentName(setting))
    const missing = names.filter((name) => !readme.includes(`\`${name}\``) && !readme.includes(`\`${name.slice(12)}\``))
    expect(missing).toEqual([])
  })

  it('reads its certificates again on SIGHUP, and ends on SIGTERM when the last call is over', async () => {
    await using authority = await TestAuthority.create()
    const file = await authority.issue('DNS:before.example')
    const { child, lines, exited } = run({
      RINGDOWN_SIP_SECRET: secret,
      RINGDOWN_SIP_LISTEN: 'tls:127.0.0.1:0',
      RINGDOWN_SIP_TLS_CERTIFICATES: file,
      RINGDOWN_SIP_ADMIN_PORT: '0',
      RINGDOWN_SIP_DRAIN_MS: '60000',
    })
    const [line] = (await once(lines, 'line')) as [string]
    const [{ host, port }] = JSON.parse(line).listeners
    const shown = async () => {
      await using stream = await WireStream.connectTls({ host, port, rejectUnauthorized: false })
      return (stream.socket as TLSSocket).getPeerCertificate().subjectaltname
    }
    expect(await shown()).toBe('DNS:before.example')
    await authority.issue('DNS:after.example', file)
    const reloaded = new Promise<void>((resolve) => {
      lines.on('line', (text) => text.includes('certificates read again') && resolve())
    })
    child.kill('SIGHUP')
    await reloaded
    expect(await shown()).toBe('DNS:after.example')
    child.kill('SIGTERM')
    expect((await exited)[0]).toBe(0)
  })
})

describe('the ops port', () => {
  it('shows the ladder of a call without its credentials, to those who know the secret', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    await using _app = await connectApp(server, (srf) => {
      srf.invite((_request, response) => response.send(486))
    })
    await using alice = await WirePhone.open(udpOf(server))
    const credentials = 'Proxy-Authorization: Digest username="alice",\r\n response="abc"'
    alice.invite('capture me@host', [credentials, 'X-Note: 漢'])
    await alice.nextResponse(486)

    const url = `http://127.0.0.1:${server.ops?.port}/captures/${encodeURIComponent('capture me@host')}`
    expect((await fetch(url)).status).toBe(401)
    const headers = { Authorization: `Bearer ${secret}` }
    const messages = (await (await fetch(url, { headers })).json()) as CapturedMessage[]
    expect(messages.map(({ direction, text }) => [direction, text.split(' ')[1]])).toEqual([
      ['in', `sip:bob@127.0.0.1:${udpOf(server).port}`],
      ['out', '100'],
      ['out', '486'],
    ])
    expect(messages[0]).toMatchObject({
      transport: 'udp',
      local: `127.0.0.1:${udpOf(server).port}`,
      remote: `127.0.0.1:${alice.port}`,
    })
    expect(messages[0]?.text).toContain('Proxy-Authorization: ***\r\n')
    expect(messages[0]?.text).not.toContain('response=')
    expect(messages[0]?.text).toContain('X-Note: 漢')
    expect(messages[0]?.text).toContain(sdp)
    expect((await fetch(url.replace('me', 'you'), { headers })).status).toBe(404)
  })

  it('forgets the oldest call when it is full', async () => {
    await using server = await startTestServer({ metricsPort: 0, captureCalls: 2 })
    await using alice = await WirePhone.open(udpOf(server))
    const headers = { Authorization: `Bearer ${secret}` }
    for (const call of ['a', 'b', 'c']) {
      alice.invite(call)
      await alice.nextResponse(503)
    }
    const status = async (call: string) =>
      (await fetch(`http://127.0.0.1:${server.ops?.port}/captures/${call}`, { headers })).status
    expect([await status('a'), await status('b'), await status('c')]).toEqual([404, 200, 200])
  })

  it('counts', async () => {
    await using server = await startTestServer({ metricsPort: 0 })
    await using alice = await WirePhone.open(udpOf(server))
    alice.invite('count-1')
    await alice.nextResponse(503)
    alice.raw('noise')
    alice.request('OPTIONS sip:x@y', alice.party('count-2', 1, 'OPTIONS'))
    await alice.nextResponse(503)
    const metrics = await (await fetch(`http://127.0.0.1:${server.ops?.port}/metrics`)).text()
    expect(metrics).toContain('ringdown_sip_requests_total{direction="in",method="INVITE"} 1')
    expect(metrics).toContain('ringdown_sip_dropped_total{reason="unreadable"} 1')
    expect(metrics).toMatch(/ringdown_sip_server_transactions 2/)
    expect(metrics).toContain('ringdown_sip_apps 0')
  })
})
