import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { DtmfListener, type HeardDigit, writeEvent } from './dtmf.ts'
import { frameMs, frameOf } from './frames.ts'
import { decode, encode } from './g711.ts'
import { Recorder } from './recorder.ts'
import { readRtp, writeRtp } from './rtp-packet.ts'
import { RtpStream } from './rtp-stream.ts'
import { segmentsOf, tonesOf } from './segments.ts'
import { frameSamples, sampleRate, tone } from './sources.ts'
import { strongestTone, toneShare } from './tone-detector.ts'
import { readForPhone, readWav, writeWav } from './wav.ts'

const agreement = {
  remote: { host: '127.0.0.1', port: 9 },
  codec: 'pcma',
  payloadType: 8,
  dtmfPayloadType: 101,
  direction: 'sendrecv',
} as const

function sine(frequency: number, lengthMs: number): Int16Array {
  const source = tone(frequency)
  return concat(Array.from({ length: lengthMs / 20 }, () => source.nextFrame()))
}

function concat(parts: Int16Array[]): Int16Array {
  return Int16Array.from(parts.flatMap((part) => [...part]))
}

function framesOf(pcm: Int16Array) {
  const length = (frameMs * sampleRate) / 1000
  return Array.from({ length: Math.floor(pcm.length / length) }, (_, i) =>
    frameOf(pcm.subarray(i * length, (i + 1) * length), i * frameMs),
  )
}

it('G.711 knows the values of the standard and comes back to every code', () => {
  expect([...decode(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a), 'pcma')]).toEqual([8, -8, 32256, -32256])
  expect([...decode(Uint8Array.of(0xff, 0x7f, 0x80, 0x00), 'pcmu')]).toEqual([0, 0, 32124, -32124])
  for (const codec of ['pcma', 'pcmu'] as const) {
    const values = decode(
      Uint8Array.from({ length: 256 }, (_, i) => i),
      codec,
    )
    expect(decode(encode(values, codec), codec)).toEqual(values)
  }
})

it('finds a tone through G.711, and not its neighbour', () => {
  const heard = decode(encode(sine(440, 40), 'pcma'), 'pcma')
  expect(toneShare(heard, 440)).toBeGreaterThan(0.95)
  expect(toneShare(heard, 480)).toBeLessThan(0.4)
  expect(Math.abs(strongestTone(heard).frequency - 440)).toBeLessThan(3)
})

it('tells beeps and silences apart to a frame', () => {
  const pcm = concat([sine(425, 400), new Int16Array(400 * 8), sine(950, 400), new Int16Array(200 * 8)])
  const tones = tonesOf(framesOf(pcm))
  expect(tones.map((s) => [s.what, s.fromMs, s.toMs])).toEqual([
    ['tone', 0, 400],
    ['silence', 400, 800],
    ['tone', 800, 1200],
    ['silence', 1200, 1400],
  ])
})

it('tells chords that last from a voice that swings', () => {
  const chord = sine(262, 3000).map((s, i) => s / 3 + sine(330, 20)[i % 160]! / 3)
  const chords = concat([sine(262, 20), chord])
  expect(segmentsOf(framesOf(chords)).map((s) => s.what)).toContain('music')
})

it('an RTP packet survives the wire, RTCP and rubbish do not', () => {
  const packet = {
    payloadType: 8,
    marker: true,
    sequence: 65535,
    timestamp: 0xfffffff0,
    ssrc: 7,
    payload: Uint8Array.of(1, 2, 3),
  }
  expect(readRtp(writeRtp(packet))).toMatchObject({ ...packet, payload: Buffer.from([1, 2, 3]) })
  const padded = Buffer.concat([writeRtp(packet), Buffer.from([0, 0, 3])])
  padded[0]! |= 0x20
  expect(readRtp(padded)?.payload.length).toBe(3)
  for (const rubbish of [Buffer.alloc(5), Buffer.alloc(40), Buffer.from([0x80, 200, ...Array(20).fill(0)])])
    expect(readRtp(rubbish)).toBeUndefined()
})

it('a pressed digit is one event: one timestamp, rising durations, three ends, then the voice goes on in time', () => {
  const stream = new RtpStream()
  stream.source = tone(440)
  stream.beat(agreement)
  void stream.press('5', 60, 40)
  const packets = Array.from({ length: 5 }, () => stream.beat(agreement))
    .flat()
    .map((datagram) => readRtp(datagram)!)
  const events = packets.filter((p) => p.payloadType === 101)
  expect(events.map((p) => [...p.payload])).toEqual([
    [5, 10, 0, 160],
    [5, 10, 1, 64],
    [5, 138, 1, 224],
    [5, 138, 1, 224],
    [5, 138, 1, 224],
  ])
  expect(events.map((p) => p.marker)).toEqual([true, false, false, false, false])
  expect(new Set(events.map((p) => p.timestamp)).size).toBe(1)
  const voice = packets.find((p) => p.payloadType === 8)!
  expect((voice.timestamp - events[0]!.timestamp) >>> 0).toBe(3 * frameSamples)
})

it('a digit is heard once, even when its ends are lost', () => {
  const heard: HeardDigit[] = []
  const listener = new DtmfListener((digit) => heard.push(digit))
  const send = (digit: string, timestamp: number, end: boolean, durationSamples: number) =>
    listener.receive(writeEvent({ digit, end, durationSamples }), timestamp, 0)
  send('1', 1000, false, 160)
  send('1', 1000, false, 320)
  for (let i = 0; i < 3; i++) send('2', 5000, true, 800)
  send('2', 9000, true, 800)
  expect(heard.map(({ digit, durationMs }) => [digit, durationMs])).toEqual([
    ['1', 40],
    ['2', 100],
    ['2', 100],
  ])
})

it('the recorder keeps the length of pauses and puts late packets where they belong', () => {
  const recorder = new Recorder(0)
  const packet = sine(440, 20)
  recorder.write(packet, { ssrc: 1, timestamp: 1000 }, 100)
  recorder.write(packet, { ssrc: 1, timestamp: 1320 }, 141) // the one between is late
  recorder.write(packet, { ssrc: 1, timestamp: 1160 }, 143)
  recorder.write(packet, { ssrc: 1, timestamp: 1480 }, 1000) // timestamps stood still during a pause of the sender
  recorder.write(packet, { ssrc: 2, timestamp: 77 }, 1500)
  const tones = tonesOf(framesOf(recorder.all())).map((s) => [s.what, s.fromMs])
  expect(recorder.read(100, 160)).toEqual(concat([packet, packet, packet]))
  expect(recorder.read(1000, 1020)).toEqual(packet)
  expect(recorder.read(1500, 1520)).toEqual(packet)
  expect(tones[0]).toEqual(['silence', 0])
})

it('WAV files come back, other rates are brought to 8 kHz', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ringdown-wav-'))
  const path = join(folder, 'stereo.wav')
  const [left, right] = [sine(440, 200), sine(800, 100)]
  await writeWav(path, left, right)
  const { rate, channels } = await readWav(path)
  expect(rate).toBe(8000)
  expect(channels[0]).toEqual(left)
  expect(channels[1]!.subarray(0, right.length)).toEqual(right)
  expect((await readForPhone(path)).length).toBe(left.length)
  await rm(folder, { recursive: true })
})
