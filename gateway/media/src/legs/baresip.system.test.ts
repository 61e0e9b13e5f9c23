import { spawn } from 'node:child_process'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { startMedia, until } from '../../test-kit/media-fixture.ts'
import { openPhone } from '../../test-kit/rtp-phone.ts'
import { heardTone, sine, strength } from '../../test-kit/tones.ts'
import { toPayload, toSamples } from '../codec/l16.ts'
import { wavHeader } from '../codec/wav.ts'

const BARESIP = '/usr/bin/baresip'

/** A baresip that calls a SIP address, sends 440 Hz, and writes down what it hears. */
async function baresip(options: string, rate: number, port: number) {
  const dir = await mkdtemp(join(tmpdir(), 'ringdown-baresip-'))
  // Two channels for Opus, as its name says; both are the same.
  const channels = rate === 48_000 ? 2 : 1
  const tone = sine(440, rate * 30, 0, 10_000, rate)
  const samples = Int16Array.from({ length: tone.length * channels }, (_, i) => tone[Math.floor(i / channels)]!)
  await writeFile(
    join(dir, 'tone.wav'),
    Buffer.concat([wavHeader(rate, channels, samples.byteLength), toPayload(samples)]),
  )
  const modules = ['g711', 'g722', 'opus', 'srtp', 'aufile', 'aubridge', 'sndfile']
  await writeFile(
    join(dir, 'config'),
    [
      'sip_listen 127.0.0.1:0',
      `audio_source aufile,${join(dir, 'tone.wav')}`,
      'audio_player aubridge,nobody',
      'audio_alert aubridge,nobody',
      `snd_path ${dir}`,
      'opus_bitrate 28000',
      'module_path /usr/lib/baresip/modules',
      ...modules.map((name) => `module ${name}.so`),
      'module_app account.so',
      'module_app menu.so',
      '',
    ].join('\n'),
  )
  await writeFile(join(dir, 'accounts'), `<sip:baresip@127.0.0.1>;regint=0;${options}\n`)
  await writeFile(join(dir, 'contacts'), '')
  const child = spawn(BARESIP, ['-f', dir, '-e', `/dial sip:test@127.0.0.1:${port}`], { stdio: 'ignore' })
  return {
    /** What it heard so far: the file is a WAV whose length is not written yet. */
    async heard() {
      const name = (await readdir(dir)).find((file) => file.endsWith('dec.wav'))
      return name ? readFile(join(dir, name)) : Buffer.alloc(0)
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
      await rm(dir, { recursive: true, force: true })
    },
  }
}

/** The least of SIP: takes one INVITE, answers it with what `answer` makes of its offer. */
async function sipServer(answer: (offer: string) => Promise<string>) {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  const { port } = socket.address()
  let answered: Promise<string> | undefined
  socket.on('message', async (data, from) => {
    const message = data.toString()
    if (!message.startsWith('INVITE ')) return
    const header = (name: string) => new RegExp(`^${name}: .*$`, 'gim')
    const kept = ['Via', 'From', 'Call-ID', 'CSeq'].flatMap((name) => message.match(header(name)) ?? [])
    answered ??= answer(message.slice(message.indexOf('\r\n\r\n') + 4))
    const sdp = await answered
    const reply = [
      'SIP/2.0 200 OK',
      ...kept.map((line) => line.trimEnd()),
      `${message.match(header('To'))![0].trimEnd()};tag=us`,
      `Contact: <sip:test@127.0.0.1:${port}>`,
      'Content-Type: application/sdp',
      `Content-Length: ${Buffer.byteLength(sdp)}`,
      '',
      sdp,
    ].join('\r\n')
    socket.send(reply, from.port, from.address)
  })
  return {
    port,
    async [Symbol.asyncDispose]() {
      socket.close()
    },
  }
}

describe('baresip', () => {
  it.each([
    ['opus', 'audio_codecs=opus/48000/2', 48_000, 'opus', 'RTP/AVP'],
    ['G.722 with SDES', 'audio_codecs=G722/16000/1;mediaenc=srtp-mand', 16_000, 'G722', 'RTP/SAVP'],
  ] as const)('[RL14] talks %s with us', async (_, options, rate, codec, protocol) => {
    await using media = await startMedia({ threads: 0, codecs: ['opus', 'G722', 'PCMA'] })
    await using phone = await openPhone('PCMA')
    const other = await media.client.call('leg.create', { kind: 'rtp', offer: phone.sdp() })
    phone.connect(other.sdp)
    phone.tone(1_000)
    const offers: string[] = []
    const legs: string[] = []
    await using server = await sipServer(async (offer) => {
      offers.push(offer)
      // It names the machine's address on the network; we stay on this machine.
      const { legId, sdp } = await media.client.call('leg.create', {
        kind: 'rtp',
        offer: offer.replaceAll(/IN IP4 \S+/g, 'IN IP4 127.0.0.1'),
      })
      legs.push(legId)
      await media.client.call('bridge.create', { legs: [legId, other.legId] })
      return sdp
    })
    await using peer = await baresip(options, rate, server.port)
    await until(() => heardTone(phone.listen(), [300, 440, 700, 1_000]) === 440)
    expect(offers[0]).toContain(` ${protocol} `)
    const stats = await media.client.call('leg.stats', { legId: legs[0]! })
    expect(stats).toMatchObject({ codec, packetsRefused: 0 })
    await until(async () => {
      const file = await peer.heard()
      const [channels, rate] = file.length > 10_000 ? [file.readUInt16LE(22), file.readUInt32LE(24)] : [1, 8_000]
      const samples = toSamples(file.subarray(44 + ((file.length - 44) % 4)))
      const mono = samples.filter((_, i) => i % channels === 0).subarray(-rate / 4)
      return strength(mono, 1_000, rate) > 0.1
    })
  })
})
