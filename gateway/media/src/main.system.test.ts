import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { nextEvent, until } from '../test-kit/media-fixture.ts'
import { openPhone, type RtpPhone } from '../test-kit/rtp-phone.ts'
import { heardTone } from '../test-kit/tones.ts'
import { unseal } from '../test-kit/unseal.ts'
import { connectMedia } from './client/index.ts'
import { parseWav } from './codec/wav.ts'

type Ready = { msg: string; rpcPort: number; metricsPort: number }

/** @param fileBlocks no file may grow beyond so many blocks of 512 bytes: to the server, a full disk */
async function launch(settings: Record<string, string>, fileBlocks = 'unlimited') {
  const script = `trap '' XFSZ; ulimit -f ${fileBlocks}; exec "$0" "$1"`
  const child: ChildProcess = spawn('sh', ['-c', script, process.execPath, join(import.meta.dirname, 'main.ts')], {
    env: {
      PATH: process.env.PATH ?? '',
      RINGDOWN_MEDIA_RPC_PORT: '0',
      RINGDOWN_MEDIA_METRICS_PORT: '0',
      RINGDOWN_MEDIA_SECRET: 'between-us',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let complaint = ''
  child.stderr!.on('data', (data) => {
    complaint += data
  })
  const exited = once(child, 'exit')
  const line = once(createInterface(child.stdout!), 'line').then(([text]) => JSON.parse(text) as Ready)
  return {
    child,
    exited,
    ready: () => line,
    complaint: () => complaint,
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

describe('ringdown-media', () => {
  it('says ready with its ports, answers /healthz and /metrics, and ends on SIGTERM', async () => {
    await using media = await launch({})
    const ready = await media.ready()
    expect(ready.msg).toBe('ready')
    const http = `http://127.0.0.1:${ready.metricsPort}`
    expect(await (await fetch(`${http}/healthz`)).text()).toBe('ok\n')
    expect(await (await fetch(`${http}/metrics`)).text()).toMatch(/^ringdown_media_legs\{kind="rtp"\} 0$/m)
    media.child.kill('SIGTERM')
    expect((await media.exited)[0]).toBe(0)
  })

  it('names the port and the setting when a port is taken', async () => {
    await using first = await launch({})
    const { rpcPort } = await first.ready()
    await using second = await launch({ RINGDOWN_MEDIA_RPC_PORT: String(rpcPort) })
    expect((await second.exited)[0]).toBe(1)
    expect(second.complaint()).toBe(
      `port ${rpcPort} is taken: free it or set RINGDOWN_MEDIA_RPC_PORT to another port\n`,
    )
  })

  it('names every wrong setting', async () => {
    await using media = await launch({ RINGDOWN_MEDIA_SECRET: '', RINGDOWN_MEDIA_RTP_PORTS: '30000' })
    expect((await media.exited)[0]).toBe(1)
    expect(media.complaint()).toContain('RINGDOWN_MEDIA_SECRET: is not set')
    expect(media.complaint()).toContain('RINGDOWN_MEDIA_RTP_PORTS: must look like 20000-29999')
  })

  it.each(['WAV', 'sealed'])('[RC11] leaves a %s recording that can be played when it is killed', async (kind) => {
    const recordings = await mkdtemp(join(tmpdir(), 'ringdown-recordings-'))
    const key = kind === 'sealed' ? randomBytes(32) : undefined
    await using media = await launch({
      RINGDOWN_MEDIA_RECORDING_DIR: recordings,
      ...(key ? { RINGDOWN_MEDIA_RECORDING_KEY: key.toString('base64') } : {}),
    })
    await using phone = await openPhone()
    const { rpcPort } = await media.ready()
    await using client = await connectMedia({ host: '127.0.0.1', port: rpcPort, secret: 'between-us' })
    const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(sdp)
    phone.tone(440)
    const { path } = await client.call('recording.start', { customer: legId, path: 'killed.wav' })
    const startedAt = performance.now()
    await until(() => performance.now() - startedAt > 2_500)
    media.child.kill('SIGKILL')
    await media.exited
    const lasted = performance.now() - startedAt
    const file = await readFile(path)
    const { samples } = parseWav(key ? unseal(file, key) : file)
    expect(samples.length / 2 / 8).toBeGreaterThan(lasted - 1_000)
    expect(heardTone(samples.filter((_, i) => i % 2 === 0).subarray(1_600), [300, 440, 1_000])).toBe(440)
  })

  it.each(['WAV', 'sealed'])(
    '[RC10] goes on with the call when the disk is full in the middle of a %s recording',
    async (kind) => {
      const dir = await mkdtemp(join(tmpdir(), 'ringdown-recordings-'))
      const key = kind === 'sealed' ? randomBytes(32) : undefined
      // one second of audio
      await using media = await launch(
        { RINGDOWN_MEDIA_RECORDING_DIR: dir, ...(key ? { RINGDOWN_MEDIA_RECORDING_KEY: key.toString('base64') } : {}) },
        '63',
      )
      await using t = await talk(await media.ready())
      const failed = nextEvent(t.client, 'recording.failed')
      const { recordingId, path } = await t.client.call('recording.start', { ...t.legs, path: 'full.wav' })
      expect(await failed).toMatchObject({ recordingId, fatal: true, message: expect.stringMatching(/EFBIG|ENOSPC/) })
      const before = t.agent.heard.length
      await until(() => t.agent.heard.length > before + 25)
      expect(heardTone(t.agent.listen(20), [300, 440, 1_000])).toBe(440)
      const result = await t.client.call('recording.stop', { recordingId })
      expect(result.lostMs).toBeGreaterThan(500)
      const file = await readFile(path)
      // The file ends in the middle of a chunk, as the disk did.
      const opened = key ? unseal(file.subarray(0, 84 + Math.floor((file.length - 84) / 4_112) * 4_112), key) : file
      const { samples } = parseWav(opened)
      expect(samples.length / 2 / 8).toBeGreaterThan(500)
      expect(heardTone(samples.filter((_, i) => i % 2 === 0).subarray(1_600), [300, 440, 1_000])).toBe(440)
      const metrics = await (await fetch(`http://127.0.0.1:${(await media.ready()).metricsPort}/metrics`)).text()
      expect(metrics).toMatch(/^ringdown_media_alarms_total\{alarm="recording_ended"\} 1$/m)
    },
  )

  it('[RC10] refuses a recording when the disk is full already; the call goes on', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'ringdown-recordings-'))
    await using media = await launch({ RINGDOWN_MEDIA_RECORDING_DIR: dir }, '0')
    await using t = await talk(await media.ready())
    await expect(t.client.call('recording.start', { ...t.legs, path: 'none.wav' })).rejects.toMatchObject({
      code: 'recording_unwritable',
    })
    await until(() => heardTone(t.agent.listen(20), [300, 440, 1_000]) === 440)
  })
})

/** A customer who hums 440 Hz to an agent. */
async function talk({ rpcPort }: Ready) {
  const client = await connectMedia({ host: '127.0.0.1', port: rpcPort, secret: 'between-us' })
  const customer = await openPhone()
  const agent = await openPhone()
  const leg = async (phone: RtpPhone) => {
    const { legId, sdp } = await client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(sdp)
    return legId
  }
  const legs = { customer: await leg(customer), agent: await leg(agent) }
  await client.call('bridge.create', { legs: [legs.customer, legs.agent] })
  customer.tone(440)
  return {
    ...{ client, customer, agent, legs },
    async [Symbol.asyncDispose]() {
      await Promise.all([customer, agent].map((phone) => phone[Symbol.asyncDispose]()))
      await client.close()
    },
  }
}
